import type { Cell, Prepared } from '../model/prepared.js';
import { usableSlots } from '../model/slots.js';
import { strandedSlots } from '../model/standing-nodes.js';
import type { DemandColumns } from './add-demand.js';
import type { NodeColumns } from './add-nodes.js';
import { dollars } from './dollars.js';
import { LATENESS_UP_TO_MS, lateClasses, lateHours } from './late-classes.js';
import type { ProgramBuilder } from './program-builder.js';
import type { CellRows, ProgramLayout } from './program-layout.js';

type CapacityLayout = Pick<ProgramLayout, 'cellRows' | 'kept'>;

/**
 * What stands in a cell fits its nodes. Container sizes divide one another, so one row for each size is necessary and sufficient:
 * containers of at least that size within the slots that such containers can use. And what stands on nodes that start in the period
 * waits for them: served - late ≤ slots of nodes that were there before.
 */
export const addCapacity = (
  builder: ProgramBuilder,
  prepared: Prepared,
  { nodes, starts, served }: NodeColumns & DemandColumns,
): CapacityLayout => {
  const { pairs } = prepared;
  const keptOf = prepared.units.map(() => [] as number[]);
  const pairsOf = prepared.cells.map(() => [] as number[]);
  pairs.forEach(({ cell }, pair) => pairsOf[cell]!.push(pair));
  addLateNow(builder, prepared, served);
  const cellRows = prepared.cells.map((cell): CellRows => {
    const classes = lateClasses(cell, prepared);
    const mayWait = (period: number): boolean =>
      (period > 0 || prepared.ready === undefined) &&
      prepared.periods[period]!.lengthMs <= LATENESS_UP_TO_MS &&
      cell.leadMs > 0 &&
      cell.sizes.length > 0;
    const kept = addKept(builder, prepared, cell, { nodes, starts });
    const there = mayWait(0) ? addThere(builder, prepared, cell, { nodes, starts }) : NONE;
    const rows = emptyRows(cell.sizes.length, prepared.periods.length);
    for (const ofPeriod of kept.values()) for (const { column, unit } of ofPeriod) keptOf[unit]!.push(column);
    for (const [unit, column] of there) keptOf[unit]!.push(column);
    prepared.periods.forEach((period, index) => {
      for (const [at, size] of cell.sizes.entries()) {
        const row = builder.addRow(-Infinity, 0);
        rows.capacity[index]![at] = row;
        for (const pair of pairsOf[cell.index]!) {
          const taken = cell.slots[pairs[pair]!.group] ?? 0;
          if (taken >= size) builder.put(row, served[pair]![index]!, taken);
        }
        for (const unit of cell.units)
          builder.put(row, nodes[unit]![index]!, -usableSlots(prepared.units[unit]!.slots, size));
        for (const { column, stranded } of kept.get(index) ?? []) builder.put(row, column, stranded(size));
      }
      if (!mayWait(index)) return;
      const onTime = builder.addRow(-Infinity, 0);
      rows.onTime[index] = onTime;
      rows.late[index] = new Int32Array(classes.length);
      rows.within[index] = new Int32Array(classes.length).fill(-1);
      for (const unit of cell.units) {
        const { slots } = prepared.units[unit]!;
        if (index === 0 && there.has(unit)) {
          builder.put(onTime, there.get(unit)!, -slots);
          continue;
        }
        builder.put(onTime, nodes[unit]![index]!, -slots);
        builder.put(onTime, starts[unit]![index]!, slots);
      }
      for (const [place, { microUsdPerSlotHour, groups }] of classes.entries()) {
        const late = builder.addColumn({
          cost: dollars(microUsdPerSlotHour * lateHours(cell, period.lengthMs)),
        });
        rows.late[index][place] = late;
        builder.put(onTime, late, -1);
        // Those whose wait costs most wait last: of each class no more than stand there, and of sticky groups only who is new. What
        // is left is at the price of the dearest class, though those who run were moved.
        const within = place === classes.length - 1 ? undefined : builder.addRow(-Infinity, 0);
        if (within !== undefined) {
          rows.within[index][place] = within;
          builder.put(within, late, 1);
        }
        for (const pair of servedBy(pairsOf, pairs, cell, groups)) {
          const taken = cell.slots[pairs[pair]!.group]!;
          builder.put(onTime, served[pair]![index]!, taken);
          if (within === undefined) continue;
          const most = prepared.newcomers[pairs[pair]!.group]![index];
          if (most === undefined) builder.put(within, served[pair]![index]!, -taken);
          if (most === undefined || most === 0) continue;
          const row = builder.addRow(-Infinity, 0);
          const isNew = builder.addColumn({ upper: most });
          builder.put(row, isNew, 1);
          builder.put(row, served[pair]![index]!, -1);
          builder.put(within, isNew, -taken);
          rows.newcomers[index]!.push({ row, place, taken });
        }
      }
    });
    return rows;
  });
  return { cellRows, kept: keptOf };
};

const emptyRows = (sizes: number, periods: number) => ({
  capacity: Array.from({ length: periods }, () => new Int32Array(sizes)),
  onTime: new Int32Array(periods).fill(-1),
  late: Array.from({ length: periods }, () => new Int32Array()),
  within: Array.from({ length: periods }, () => new Int32Array()),
  newcomers: Array.from({ length: periods }, (): { row: number; place: number; taken: number }[] => []),
});

const NONE: ReadonlyMap<number, number> = new Map();

/** Nodes that can serve when the first period begins, where some of a unit are still on their way: those are the first to be called off. */
const addThere = (
  builder: ProgramBuilder,
  { units }: Prepared,
  cell: Cell,
  { nodes, starts }: NodeColumns,
): ReadonlyMap<number, number> =>
  new Map(
    cell.units
      .filter((unit) => units[unit]!.starting > 0)
      .map((unit) => {
        const { held, starting } = units[unit]!;
        const column = builder.addColumn({ upper: held - starting });
        const row = builder.addRow(-Infinity, 0);
        builder.put(row, column, 1);
        builder.put(row, nodes[unit]![0]!, -1);
        builder.put(row, starts[unit]![0]!, 1);
        return [unit, column];
      }),
  );

/** In the first period of a small fleet late is who cannot be served by what is held now: late ≥ served - ready, and waits where it is served. */
const addLateNow = (
  builder: ProgramBuilder,
  { periods, groups, pairs, cells, ready }: Prepared,
  served: DemandColumns['served'],
): void => {
  const { lengthMs } = periods[0]!;
  if (ready === undefined || lengthMs > LATENESS_UP_TO_MS) return;
  const waits = new Map<number, number>();
  for (const { index, wanted } of groups)
    if (wanted[0]! > ready[index]!) waits.set(index, builder.addRow(-Infinity, ready[index]!));
  pairs.forEach(({ group, cell }, pair) => {
    const row = waits.get(group);
    if (row === undefined) return;
    const { lateMicroUsdPerHour } = groups[group]!.prices;
    const late = builder.addColumn({
      cost: dollars(lateMicroUsdPerHour * lateHours(cells[cell]!, lengthMs)),
    });
    builder.put(row, served[pair]![0]!, 1);
    builder.put(row, late, -1);
    const within = builder.addRow(-Infinity, 0);
    builder.put(within, late, 1);
    builder.put(within, served[pair]![0]!, -1);
  });
};

/** Sticky containers stay for so long that room between them is of no use to larger ones until then. */
const STRANDED_UP_TO_MS = 1_800_000;

type Kept = Readonly<{ unit: number; column: number; stranded: (size: number) => number }>;

/**
 * Room that large containers cannot use, since small ones stand scattered in it: an equal share on each node that is still held,
 * which is kept ≥ nodes - starts until then. By period.
 */
const addKept = (
  builder: ProgramBuilder,
  { units, standing, periods }: Prepared,
  cell: Cell,
  { nodes, starts }: NodeColumns,
): ReadonlyMap<number, readonly Kept[]> => {
  const kept = new Map<number, Kept[]>();
  for (const unit of cell.units) {
    const held = standing[unit]!;
    const share = new Map(
      cell.sizes.map((size) => [
        size,
        held.reduce((sum, node) => sum + strandedSlots(node, cell, units[unit]!.slots, size), 0) /
          Math.max(1, held.length),
      ]),
    );
    if ([...share.values()].every((slots) => slots === 0)) continue;
    periods.forEach(({ startsAt }, period) => {
      if (startsAt - periods[0]!.startsAt >= STRANDED_UP_TO_MS) return;
      const column = builder.addColumn({});
      const row = builder.addRow(0, Infinity);
      builder.put(row, column, 1);
      builder.put(row, nodes[unit]![period]!, -1);
      for (let start = 0; start <= period; start++) builder.put(row, starts[unit]![start]!, 1);
      kept.set(period, [...(kept.get(period) ?? []), { unit, column, stranded: (size) => share.get(size)! }]);
    });
  }
  return kept;
};

const servedBy = (
  pairsOf: readonly number[][],
  pairs: Prepared['pairs'],
  cell: Cell,
  groups: readonly number[],
): readonly number[] => pairsOf[cell.index]!.filter((pair) => groups.includes(pairs[pair]!.group));
