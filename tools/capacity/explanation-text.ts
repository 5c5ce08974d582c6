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
    ...(answer.doubted === undefined
      ? []
      : [
          `its price is doubted: ${dollars(answer.doubted.saidMicroUsdPerNodeHour)} was said ${answer.doubted.timesSaid} times, ${dollars(answer.doubted.formerMicroUsdPerNodeHour)} still counts`,
        ]),
    ...answer.obstacles.map(({ rule, because }) => `against one more: ${rule}: ${because}`),
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
    ...groupsTable(answer),
  ].join('\n');

const groupsTable = ({ groups }: OfferExplanation): readonly string[] =>
  groups.length === 0
    ? []
    : [
        '',
        renderTable(
          ['GROUP', 'WANTS', 'SHORT', 'A CONTAINER HERE', 'STANDS ON', ''],
          groups.map(({ demandKey, wanted, short, microUsdPerContainerHour, standsOn, because = '' }) => [
            demandKey,
            count(wanted),
            count(short),
            microUsdPerContainerHour === undefined ? '-' : dollars(microUsdPerContainerHour),
            standsOn
              .map(
                (there) =>
                  `${count(there.containers)} on ${there.offerId} at ${dollars(there.microUsdPerContainerHour)}`,
              )
              .join(', ') || '-',
            because,
          ]),
        ),
      ];

export const explainPlanText = (answer: PlanExplanation): string =>
  [
    `${answer.planId}: what it holds, and what would be held in its place`,
    choicesTable(answer),
    '',
    ...(answer.without === undefined ? [] : [`no prices, or not all: ${answer.without}`]),
    rulesTable(answer),
    '',
    ...worthsTable(answer),
    renderTable(
      ['ONE CONTAINER MORE OF', 'AN HOUR', 'PER GPU'],
      answer.marginal.map(({ groupId, microUsdPerContainerHour, microUsdPerGpuHour }) => [
        groupId,
        dollars(microUsdPerContainerHour),
        dollars(microUsdPerGpuHour),
      ]),
    ),
    ...gpusTable(answer),
    ...leftOut(answer.notPriced, 'prices of one GPU more were left out', answer.notPricedBecause),
  ].join('\n');

const choicesTable = ({ choices }: PlanExplanation): string =>
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
  );

const rulesTable = ({ binding }: PlanExplanation): string =>
  binding.length === 0
    ? 'No rule costs anything.'
    : renderTable(
        ['RULE', 'OF', 'ONE MORE SAVES'],
        binding.map(({ name, subject, unit, savesMicroUsdPerHour }) => [
          name,
          subject,
          `${dollars(savesMicroUsdPerHour)} an hour per ${unit}`,
        ]),
      );

const worthsTable = ({ worths, notWeighed, notWeighedBecause }: PlanExplanation): readonly string[] => [
  ...(worths.length === 0
    ? []
    : [
        renderTable(
          ['PIN OR FLOOR', 'OF', 'WITHOUT IT SAVES'],
          worths.map(({ rule, value, groupId, savesMicroUsdPerHour }) => [
            value === '' ? rule : `${rule} ${inShort(value)}`,
            groupId,
            `${dollars(savesMicroUsdPerHour)} an hour`,
          ]),
        ),
      ]),
  ...leftOut(notWeighed, 'pins and floors were not weighed', notWeighedBecause),
  ...(worths.length + notWeighed === 0 ? [] : ['']),
];

/** Planners that do not say why left out what they had no time for. */
const leftOut = (
  howMany = 0,
  what: string,
  because = 'each takes a solve, and time is limited',
): readonly string[] => (howMany === 0 ? [] : [`${howMany} ${what}: ${because}`]);

/** A pin to a part of the world is one to each of its regions. */
const inShort = (value: string): string => {
  const names = value.split(',');
  return names.length <= 4 ? value : `${names.slice(0, 3).join(',')} and ${names.length - 3} more`;
};

/** By type: standard and high priority, each on any node and on firm ones alone. */
const gpusTable = ({ gpus }: PlanExplanation): readonly string[] => {
  if (gpus.length === 0) return [];
  const of = (gpuType: string, priority: string, standsOn: string): string => {
    const found = gpus.find(
      (one) => one.gpuType === gpuType && one.priority === priority && one.standsOn === standsOn,
    );
    return found === undefined ? '-' : dollars(found.microUsdPerGpuHour);
  };
  return [
    '',
    renderTable(
      ['ONE GPU MORE', 'STANDARD', 'STANDARD, FIRM', 'HIGH', 'HIGH, FIRM'],
      [...new Set(gpus.map(({ gpuType }) => gpuType))].map((gpuType) => [
        gpuType,
        of(gpuType, 'standard', 'any'),
        of(gpuType, 'standard', 'firm'),
        of(gpuType, 'high', 'any'),
        of(gpuType, 'high', 'firm'),
      ]),
    ),
  ];
};
