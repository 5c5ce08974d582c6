import {
  filterText,
  type CapacityChange,
  type CapacityOutcome,
  type ReplayedPlan,
  type WhatIfAnswer,
} from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import { count, dollars, percent, signed } from './figures.ts';
import { lookAheadText } from './look-ahead-text.ts';
import { paidText } from './paid-text.ts';
import { pinText } from './pin-text.ts';
import type { ControlAnswer, OffersAnswer, PlanAnswer, PlansAnswer } from './plan-answers.ts';
import { shownOf } from './read-pages.ts';
import { termText } from './term-text.ts';

export const plansTable = ({ items }: PlansAnswer): string =>
  items.length === 0
    ? '  No plan yet: one is made as soon as something is wanted.'
    : renderTable(
        ['PLAN', 'MADE', 'STATE', 'PER HOUR', 'STARTS', 'STOPS', 'SHORT', 'BY', 'GAP', 'WHY'],
        items.map((plan) => [
          plan.planId,
          plan.madeAt,
          plan.state,
          `${dollars(plan.paidMicroUsdPerHourBefore)} → ${dollars(plan.paidMicroUsdPerHourAfter)}`,
          count(plan.starts),
          count(plan.stops),
          count(plan.shortContainers),
          plan.planner,
          percent(plan.gap),
          plan.trigger,
        ]),
      );

export const planText = (plan: PlanAnswer): string =>
  [
    `${plan.planId}  ${plan.state}  made ${plan.madeAt} (${plan.trigger})`,
    `by ${plan.planner}, solver ${plan.solverStatus}${plan.solverBecause ? ` (${plan.solverBecause})` : ''}, gap ${percent(plan.gap)}, ${(plan.solveMs / 1000).toFixed(1)} s`,
    `${dollars(plan.paidMicroUsdPerHourBefore)} → ${dollars(plan.paidMicroUsdPerHourAfter)} an hour; ${dollars(plan.totalMicroUsd)} over the horizon with waits and risk`,
    paidText(plan.cost),
    ...lookAheadText(plan.lookAhead),
    `beside it: ${plan.candidates.map(({ planner, totalMicroUsd }) => `${planner} ${dollars(totalMicroUsd)}`).join(', ')}`,
    '',
    renderTable(
      ['OFFER', 'NOW', ...plan.periods.map(({ lengthMs }) => `${lengthMs / 60_000} MIN`)],
      plan.offers.map(({ offerId, nodesNow, nodes }) => [offerId, count(nodesNow), ...nodes.map(count)]),
    ),
    '',
    renderTable(
      ['GROUP', 'WANTED', 'SERVED', 'LATE', 'SHORT'],
      plan.service.map(({ groupId, wanted, served, late, short }) => [
        groupId,
        ...[wanted, served, late, short].map((values) => count(values[0] ?? 0)),
      ]),
    ),
    // Rehearsed futures weigh surprises themselves.
    ...(plan.lookAhead === undefined ? buffersTable(plan) : []),
    ...(plan.slacks.length === 0
      ? []
      : [
          '',
          renderTable(
            ['BROKEN RULE', 'OF', 'BY', 'COSTS'],
            plan.slacks.map(({ name, subject, amount, unit, costMicroUsd }) => [
              name,
              subject,
              `${count(amount)} ${unit}`,
              dollars(costMicroUsd),
            ]),
          ),
        ]),
  ].join('\n');

/** Idle GPUs for surprises; the first period is behind before one could be bought, so the next one counts. */
const buffersTable = ({ buffers }: PlanAnswer): readonly string[] => {
  const next = (values: readonly number[]): number => values[1] ?? values[0] ?? 0;
  return buffers.length === 0
    ? []
    : [
        '',
        renderTable(
          ['BUFFER', 'FOR', 'WOULD EVER BE NEEDED', 'PAYS', 'MISSING'],
          buffers.map(({ gpuType, groupIds, wanted, missing, paying }) => [
            gpuType,
            groupIds?.join(', ') ?? 'all who favour it',
            count(next(wanted)),
            paying === undefined ? '-' : count(paying),
            count(next(missing)),
          ]),
        ),
      ];
};

export const changesTable = (changes: readonly CapacityChange[]): string =>
  changes.length === 0
    ? '  Nothing changes.'
    : renderTable(
        ['', 'OFFER', 'NODES', 'AN HOUR', 'BECAUSE'],
        changes.map(({ action, offerId, nodesBefore, nodesAfter, microUsdPerHour, because }) => [
          action,
          offerId,
          `${count(nodesBefore)} → ${count(nodesAfter)}`,
          signed(microUsdPerHour),
          because,
        ]),
      );

const outcomesTable = (rows: readonly (readonly [string, CapacityOutcome])[]): string =>
  renderTable(
    ['', 'TOTAL', 'AN HOUR', 'NODES', 'SHORT', 'LATE', 'BY', 'GAP'],
    rows.map(([name, outcome]) => [
      name,
      dollars(outcome.totalMicroUsd),
      dollars(outcome.paidMicroUsdPerHour),
      count(outcome.nodes),
      count(outcome.shortContainers),
      count(outcome.lateContainers),
      outcome.planner,
      percent(outcome.gap),
    ]),
  );

export const whatIfText = ({ basePlanId, base, baseIs, changed, changes, horizonMs }: WhatIfAnswer): string =>
  [
    outcomesTable([
      [baseIs === 'as-expected' ? `${basePlanId} as expected` : basePlanId, base],
      ['what if', changed],
    ]),
    `totals are of ${count(horizonMs / 3_600_000)} h, with what waits and risks are worth`,
    '',
    changesTable(changes),
  ].join('\n');

export const replayText = ({ planId, identical, before, now, changes }: ReplayedPlan): string =>
  [
    `${planId}: ${identical ? 'the same plan again, to the last count' : 'another plan than was recorded'}`,
    outcomesTable([
      ['recorded', before],
      ['again', now],
    ]),
    ...(identical ? [] : ['', changesTable(changes)]),
  ].join('\n');

export const offersTable = (answer: OffersAnswer): string =>
  [
    renderTable(
      [
        ...['OFFER', 'GPU', 'VCPU', 'MEMORY', 'AN HOUR', '1 YEAR', '3 YEARS'],
        ...['LEAD', 'TAKEN/H', 'NODES', 'STARTS OK', 'PRICED', 'SOURCE'],
      ],
      answer.items.map((offer) => [
        offer.offerId,
        offer.gpuCount === 0 ? '-' : `${offer.gpuType} × ${offer.gpuCount}`,
        String(offer.vcpus),
        `${Math.round(offer.memoryMiB / 1024)} GiB`,
        dollars(offer.priceMicroUsdPerNodeHour),
        ...[12, 36].map((months) => termText(offer.terms.find((term) => term.months === months))),
        `${Math.round(offer.leadMs / 1000)} s`,
        String(offer.preemptionsPerNodeHour),
        offer.availableNodes === undefined ? '?' : count(offer.availableNodes),
        percent(offer.startSuccess),
        offer.pricedAt.slice(0, 10),
        offer.source,
      ]),
    ),
    `${shownOf(answer, 'offers')}, catalogue ${answer.version.slice(0, 12)}; ~ is a term's price for planning, which nobody published`,
  ].join('\n');

export const controlText = ({
  mode,
  frozen,
  guardrails,
  floors,
  exclusions,
  pins,
  ...state
}: ControlAnswer): string =>
  [
    frozen === undefined ? `planning is ${mode}` : `frozen by ${frozen.by} at ${frozen.at}: ${frozen.reason}`,
    `in force: ${state.inForcePlanId ?? 'no plan'}; newest: ${state.newestPlanId ?? 'no plan'}`,
    ...(state.failing === undefined ? [] : [`no plan since ${state.failing.at}: ${state.failing.because}`]),
    renderTable(
      ['GUARDRAIL', ''],
      Object.entries(guardrails).map(([name, value]) => [name, String(value)]),
    ),
    ...floors.map(({ demandKey, containers, by }) => `floor: ${containers} of ${demandKey} (${by})`),
    ...exclusions.map(
      ({ filter, at, by, reason }) => `excluded: ${filterText(filter)} by ${by} at ${at}: ${reason}`,
    ),
    ...pins.map(pinText),
  ].join('\n');
