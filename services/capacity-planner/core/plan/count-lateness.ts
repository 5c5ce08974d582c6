import type { Prepared, Unit } from '../model/prepared.js';
import { LATENESS_UP_TO_MS, lateClasses } from '../program/late-classes.js';
import type { ExactCounts } from './exact-counts.js';

/** By group and period: thousandths of containers that wait for a node, and container-milliseconds that they wait. */
export type Lateness = Readonly<{ late: readonly Float64Array[]; containerMs: readonly Float64Array[] }>;

/**
 * What a cell serves beyond the nodes that are there when the period begins waits for a lead: the cheapest first, and of sticky groups
 * only those that do not run yet. In the first period of a small fleet those wait whom nothing that is held now can serve.
 */
export const countLateness = (prepared: Prepared, { nodes, starts, served }: ExactCounts): Lateness => {
  const { groups, cells, units, pairs, periods, ready, newcomers } = prepared;
  const late = groups.map(() => new Float64Array(periods.length));
  const containerMs = groups.map(() => new Float64Array(periods.length));
  if (ready !== undefined) countNow(prepared, ready, served, late, containerMs);
  const pairOf = new Map(pairs.map(({ group, cell }, pair) => [`${group}/${cell}`, pair]));
  for (const cell of cells) {
    if (cell.leadMs === 0) continue;
    const ascending = lateClasses(cell, prepared).flatMap((entry) => entry.groups);
    periods.forEach(({ lengthMs }, period) => {
      if ((period === 0 && ready !== undefined) || lengthMs > LATENESS_UP_TO_MS) return;
      const slots = cell.units.reduce(
        (sum, unit) =>
          sum +
          units[unit]!.slots * there(units[unit]!, period, nodes[unit]![period]! - starts[unit]![period]!),
        0,
      );
      const standing = (group: number): number => served[pairOf.get(`${group}/${cell.index}`)!]![period]!;
      const mayBeNew = (group: number): number =>
        Math.min(standing(group), Math.round((newcomers[group]![period] ?? Infinity) * 1000));
      let excess = ascending.reduce((sum, group) => sum + cell.slots[group]! * standing(group), 0) - slots;
      const wait = (group: number, most: number): void => {
        if (excess <= 0 || most <= 0) return;
        const waiting = Math.min(most, Math.ceil(excess / cell.slots[group]!));
        excess -= waiting * cell.slots[group]!;
        late[group]![period]! += waiting;
        containerMs[group]![period]! += Math.round((waiting * Math.min(cell.leadMs, lengthMs)) / 1000);
      };
      for (const group of ascending) wait(group, mayBeNew(group));
      // More than newcomers wait where they are moved onto nodes that start.
      for (const group of ascending.toReversed()) wait(group, standing(group) - mayBeNew(group));
    });
  }
  return { late, containerMs };
};

/** Of nodes that were held before a period, thousandths of those that are there when it begins. */
const there = ({ held, starting }: Unit, period: number, before: number): number =>
  period === 0 ? Math.min(before, (held - starting) * 1000) : before;

/** They wait where the wait is shortest. */
const countNow = (
  { groups, cells, pairs, periods }: Prepared,
  ready: readonly number[],
  served: ExactCounts['served'],
  late: readonly Float64Array[],
  containerMs: readonly Float64Array[],
): void => {
  const { lengthMs } = periods[0]!;
  if (lengthMs > LATENESS_UP_TO_MS) return;
  const pairsOf = Map.groupBy(
    pairs.map(({ group, cell }, pair) => ({ group, pair, leadMs: cells[cell]!.leadMs })),
    ({ group }) => group,
  );
  for (const { index } of groups) {
    const within = (pairsOf.get(index) ?? []).toSorted((a, b) => a.leadMs - b.leadMs || a.pair - b.pair);
    let left = within.reduce((sum, { pair }) => sum + served[pair]![0]!, 0) - ready[index]! * 1000;
    for (const { pair, leadMs } of within) {
      if (left <= 0) break;
      const waiting = Math.min(left, served[pair]![0]!);
      left -= waiting;
      if (leadMs === 0) continue;
      late[index]![0]! += waiting;
      containerMs[index]![0]! += Math.round((waiting * Math.min(leadMs, lengthMs)) / 1000);
    }
  }
};
