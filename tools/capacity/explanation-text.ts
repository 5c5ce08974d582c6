import type { OfferExplanation, PlanExplanation } from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import { count, dollars, signed } from './figures.ts';

export const explainText = (answer: OfferExplanation): string =>
  [
    `${answer.offerId}: ${answer.verdict}, ${count(answer.nodesNow)} → ${count(answer.nodes)} nodes`,
    answer.because,
    `list ${dollars(answer.listMicroUsdPerNodeHour)} an hour, quality ${signed(answer.qualityMicroUsdPerNodeHour)}, preemptions ${signed(answer.preemptionMicroUsdPerNodeHour)}`,
    ...(answer.turnsAtMicroUsdPerNodeHour === undefined
      ? []
      : [`the choice turns at a list price of ${dollars(answer.turnsAtMicroUsdPerNodeHour)}`]),
    ...answer.serves.map(({ demandKey, containers }) => `serves ${count(containers)} of ${demandKey}`),
    ...(answer.alternatives.length === 0
      ? []
      : [
          '',
          renderTable(
            ['COULD SERVE THE SAME', 'A SLOT AND HOUR', 'NODES', ''],
            answer.alternatives.map(({ offerId, effectiveMicroUsdPerSlotHour, nodes, atCap }) => [
              offerId,
              dollars(effectiveMicroUsdPerSlotHour),
              count(nodes),
              atCap ? 'no more to be had' : '',
            ]),
          ),
        ]),
  ].join('\n');

export const explainPlanText = ({ planId, binding, marginal, without, choices }: PlanExplanation): string =>
  [
    `${planId}: what it holds, and what would be held in its place`,
    renderTable(
      ['OFFER', 'NODES', 'A GPU AND HOUR', 'NEXT', 'DEARER BY', 'KEPT OUT BY'],
      choices.map(({ offerId, nodes, effectiveMicroUsdPerGpuHour, runnerUp }) => [
        offerId,
        count(nodes),
        dollars(effectiveMicroUsdPerGpuHour),
        runnerUp?.offerId ?? '-',
        runnerUp === undefined ? '-' : signed(runnerUp.dearerMicroUsdPerGpuHour),
        runnerUp?.keptOutBy.join('; ') ?? '',
      ]),
    ),
    '',
    ...(without === undefined ? [] : [`no prices of rules and GPUs: ${without}`]),
    ...(binding.length === 0
      ? ['No rule costs anything.']
      : [
          renderTable(
            ['RULE', 'OF', 'ONE MORE SAVES'],
            binding.map(({ name, subject, unit, savesMicroUsdPerHour }) => [
              name,
              subject,
              `${dollars(savesMicroUsdPerHour)} an hour per ${unit}`,
            ]),
          ),
        ]),
    '',
    renderTable(
      ['ONE CONTAINER MORE OF', 'AN HOUR', 'PER GPU'],
      marginal.map(({ groupId, microUsdPerContainerHour, microUsdPerGpuHour }) => [
        groupId,
        dollars(microUsdPerContainerHour),
        dollars(microUsdPerGpuHour),
      ]),
    ),
  ].join('\n');
