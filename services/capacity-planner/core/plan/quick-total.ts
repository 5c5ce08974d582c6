import type { Prepared } from '../model/prepared.js';
import type { SoftRule } from '../model/soft-rule.js';
import { softRules } from '../model/soft-rules.js';
import { countBuffers } from './count-buffers.js';
import { countLateness } from './count-lateness.js';
import { coveredMoney } from './cover-by-commitments.js';
import type { Draft } from './draft.js';
import { exactCounts, type ExactCounts } from './exact-counts.js';

const HOUR_MS = 3_600_000;

/** What a draft costs, as `score` says, but for roundings: a search asks many hundred times, and exact money takes its time. */
export const quickTotal = (prepared: Prepared, draft: Draft): number => {
  const counts = exactCounts(prepared, draft);
  const { units, pairs, periods, cells, groups } = prepared;
  let total = 0;
  for (const { index, prices } of units) {
    const hourly =
      prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour;
    const nodes = counts.nodes[index]!;
    const starts = counts.starts[index]!;
    const stops = counts.stops[index]!;
    for (let period = 0; period < periods.length; period++) {
      if (nodes[period]! > 0) total += hourly * nodes[period]! * periods[period]!.hours;
      if (starts[period]! > 0) total += prices.startMicroUsd * starts[period]!;
      if (stops[period]! > 0) total += prices.stopMicroUsd * stops[period]!;
    }
    total -= (prices.startMicroUsd * nodes[periods.length - 1]!) / 2;
  }
  total += commitmentsTotal(prepared, counts);
  const servedOf = groups.map(() => new Float64Array(periods.length));
  for (const [pair, { group, cell }] of pairs.entries()) {
    const served = counts.served[pair]!;
    const price = cells[cell]!.egress[group]! + cells[cell]!.risk[group]!;
    for (let period = 0; period < periods.length; period++) {
      if (served[period] === 0) continue;
      servedOf[group]![period]! += served[period]!;
      total += price * served[period]! * periods[period]!.hours;
    }
  }
  const lateness = countLateness(prepared, counts);
  for (const { index, group, wanted, prices } of groups)
    for (let period = 0; period < periods.length; period++) {
      total += (prices.lateMicroUsdPerHour * lateness.containerMs[index]![period]! * 1000) / HOUR_MS;
      const short = Math.round(wanted[period]! * 1000) - servedOf[index]![period]!;
      if (short <= 0) continue;
      const above = Math.max(
        0,
        Math.min(short, Math.round(wanted[period]! * 1000) - group.floorContainers * 1000),
      );
      total +=
        (above * prices.shortMicroUsdPerHour + (short - above) * prices.floorShortMicroUsdPerHour) *
        periods[period]!.hours;
    }
  for (const { group, cell, containers, moveMicroUsd } of prepared.sticky) {
    const pair = pairs.findIndex((one) => one.group === group && one.cell === cell);
    total += moveMicroUsd * Math.max(0, containers * 1000 - counts.served[pair]![0]!);
  }
  for (const buffer of countBuffers(prepared, counts))
    for (const cost of buffer.cost) total += Number(cost) / HOUR_MS;
  for (const rule of rulesOf(prepared)) {
    let over = -(rule.limit + (rule.unavoidable ?? 0)) * 1000;
    for (const { unit, of, coefficient } of rule.terms)
      over += coefficient * counts[of][unit]![rule.periodIndex]!;
    if (over > 0) total += over * rule.microUsdPerUnit;
  }
  return total / 1000;
};

/** What commitments cost, without what they cover; times a thousand. */
const commitmentsTotal = (prepared: Prepared, { nodes }: ExactCounts): number => {
  const { commitments, periods } = prepared;
  if (commitments.length === 0) return 0;
  const covered = periods.reduce(
    (sum, { lengthMs }, period) =>
      sum + Number(coveredMoney(prepared, (unit) => nodes[unit]![period]!, period, lengthMs)) / HOUR_MS,
    0,
  );
  return commitments.reduce(
    (sum, { commitment, active }) =>
      sum +
      periods.reduce(
        (cost, { hours }, period) =>
          active[period] ? cost + commitment.priceMicroUsdPerHour * hours * 1000 : cost,
        0,
      ),
    -covered,
  );
};

const known = new WeakMap<Prepared, readonly SoftRule[]>();
const rulesOf = (prepared: Prepared): readonly SoftRule[] => {
  let rules = known.get(prepared);
  if (rules === undefined) known.set(prepared, (rules = softRules(prepared)));
  return rules;
};
