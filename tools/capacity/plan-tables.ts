import type { CapacityChange, CapacityOutcome, ReplayedPlan, WhatIfAnswer } from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import { count, dollars, percent, signed } from './figures.ts';
import type { OffersAnswer, PlansAnswer } from './plan-answers.ts';
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
