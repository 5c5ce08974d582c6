import type { Cell, Prepared } from '../model/prepared.js';
import { lateClasses } from '../program/late-classes.js';
import type { BuiltProgram, CellRows } from '../program/program-layout.js';
import { reducedCost } from '../program/sub-program.js';
import type { Choice } from './choice.js';
import { settleCell } from './settle-cell.js';

/**
 * What slots are worth where no node takes part that could have them: as much as the group that would pay most for them, so that no
 * flow there saves anything by itself; and no more than that no node pays by itself. Written into the duals: any such values make a
 * bound. Answers, by cell where a node would pay, the units that would pay first.
 */
export const fillDuals = (
  built: BuiltProgram,
  prepared: Prepared,
  choice: Choice,
  duals: Float64Array,
): ReadonlyMap<number, readonly number[]> => {
  const paying = new Map<number, readonly number[]>();
  const pairsOf = prepared.cells.map(() => [] as number[]);
  prepared.pairs.forEach(({ cell }, pair) => pairsOf[cell]!.push(pair));
  for (const cell of prepared.cells) {
    const largest = cell.units.reduce(
      (most, unit) => (choice.units[unit] === 1 ? Math.max(most, prepared.units[unit]!.slots) : most),
      0,
    );
    if (cell.sizes.every((size) => size <= largest)) continue;
    const own = pairsOf[cell.index]!;
    const classOf = new Map(
      lateClasses(cell, prepared).flatMap(({ groups }, at) => groups.map((group) => [group, at] as const)),
    );
    const users = own.map((pair) => {
      const { group } = prepared.pairs[pair]!;
      return { pair, taken: cell.slots[group]!, waits: classOf.get(group)! };
    });
    prepared.periods.forEach((_, period) => {
      fillPeriod(built, { cell, users, largest }, built.layout.cellRows[cell.index]!, period, duals);
    });
    if (largest > 0) continue;
    const first = settleCell(built, prepared, cell, duals);
    if (first.length > 0) paying.set(cell.index, first);
  }
  return paying;
};

type Filling = Readonly<{
  cell: Cell;
  users: readonly Readonly<{ pair: number; taken: number; waits: number }>[];
  /** The largest node that takes part: rows of smaller sizes have their duals already. */
  largest: number;
}>;

const fillPeriod = (
  { program, layout }: BuiltProgram,
  { cell, users, largest }: Filling,
  { capacity, onTime, late, within, newcomers, large }: CellRows,
  period: number,
  duals: Float64Array,
): void => {
  cell.sizes.forEach((size, at) => {
    if (size > largest) duals[capacity[period]![at]!] = 0;
  });
  for (const { size, row, within: most } of large[period]!) if (size > largest) duals[row] = duals[most] = 0;
  if (largest === 0 && onTime[period]! >= 0)
    for (const row of [onTime[period]!, ...within[period]!, ...newcomers[period]!.map((one) => one.row)])
      if (row >= 0) duals[row] = 0;
  const priceOf = (waits: number): number => (onTime[period]! < 0 ? 0 : program.cost[late[period]![waits]!]!);
  const missing = users
    .filter(({ taken }) => taken > largest)
    .map(({ pair, taken, waits }) => ({
      taken,
      waits: priceOf(waits),
      worth: -reducedCost(program, duals, layout.served[pair]![period]!) / taken,
    }));
  // Of slots that are worth having, as much as possible is for being there in time: that is not worth it on nodes that start.
  let inTime = 0;
  if (largest === 0 && onTime[period]! >= 0) {
    const most = missing.reduce((best, { worth }) => Math.max(best, worth), 0);
    inTime = missing.reduce((least, { worth, waits }) => Math.min(least, most - worth + waits), most);
    duals[onTime[period]!] = -inTime;
    within[period]!.forEach((row, place) => {
      if (row >= 0) duals[row] = -Math.max(0, inTime - priceOf(place));
    });
    // Columns of newcomers are never priced out: this makes their reduced cost 0, and no bound holds where one is below.
    for (const { row, place, taken } of newcomers[period]!)
      duals[row] = taken * duals[within[period]![place]!]!;
    for (const { late: waits, within: most } of large[period]!)
      duals[most] = -Math.max(0, inTime - program.cost[waits]!);
  }
  // Who may wait, alone or among large ones, pays less for being there in time.
  const timeWorth = ({ taken, waits }: (typeof missing)[number]): number =>
    large[period]!.reduce(
      (left, { size, within: most }) => left + (size <= taken ? duals[most]! : 0),
      Math.min(inTime, waits),
    );
  let reached = 0;
  cell.sizes.forEach((size, at) => {
    if (size <= largest) return;
    // Users of this size pay for all rows of smaller sizes too: what is left is this row's.
    const worth = missing.reduce(
      (best, user) => (user.taken === size ? Math.max(best, user.worth - timeWorth(user)) : best),
      0,
    );
    const value = Math.max(0, worth - reached);
    duals[capacity[period]![at]!] = -value;
    reached += value;
  });
};
