import { renderTable } from '../terminal/table.ts';
import { brokenRulesTable } from './broken-rules-table.ts';
import { decidedText } from './decided-text.ts';
import { count, dollars, percent } from './figures.ts';
import { lookAheadText } from './look-ahead-text.ts';
import { paidText } from './paid-text.ts';
import type { PlanAnswer } from './plan-answers.ts';

/** A plan in full. */
export const planText = (plan: PlanAnswer): string => {
  const periodHeads = plan.periods.map(({ lengthMs }) => `${lengthMs / 60_000} MIN`);
  return [
    `${plan.planId}  ${plan.state}  made ${plan.madeAt} (${plan.trigger})`,
    ...decidedText(plan.decided),
    `by ${plan.planner}, solver ${plan.solverStatus}${plan.solverBecause ? ` (${plan.solverBecause})` : ''}, gap ${percent(plan.gap)}, ${(plan.solveMs / 1000).toFixed(1)} s`,
    `${dollars(plan.paidMicroUsdPerHourBefore)} → ${dollars(plan.paidMicroUsdPerHourAfter)} an hour; ${dollars(plan.totalMicroUsd)} over the horizon with waits and risk`,
    paidText(plan.cost),
    ...lookAheadText(plan.lookAhead),
    `beside it: ${plan.candidates.map(({ planner, totalMicroUsd }) => `${planner} ${dollars(totalMicroUsd)}`).join(', ')}`,
    '',
    renderTable(
      ['OFFER', 'NOW', ...periodHeads],
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
    ...brokenRulesTable(plan.slacks, periodHeads),
  ].join('\n');
};

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
