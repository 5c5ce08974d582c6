import type { Cell, Prepared } from '../model/prepared.js';
import { usableSlots } from '../model/slots.js';
import type { DemandColumns } from './add-demand.js';
import { addKept, type Kept } from './add-kept.js';
import { addLateNow } from './add-late-now.js';
import type { NodeColumns } from './add-nodes.js';
import { addOnTime } from './add-on-time.js';
import { addThere } from './add-there.js';
import { LATENESS_UP_TO_MS } from './late-classes.js';
import { emptyOnTime } from './on-time-rows.js';
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
  columns: NodeColumns & DemandColumns,
): CapacityLayout => {
  const pairsOf = prepared.cells.map(() => [] as number[]);
  prepared.pairs.forEach(({ cell }, pair) => pairsOf[cell]!.push(pair));
  const keptOf = prepared.units.map(() => [] as number[]);
  addLateNow(builder, prepared, columns.served);
  const cellRows = prepared.cells.map((cell): CellRows => {
    const pairs = pairsOf[cell.index]!;
    const kept = addKept(builder, prepared, cell, columns);
    const there = mayWait(prepared, cell, 0) ? addThere(builder, prepared, cell, columns) : NONE;
    for (const ofPeriod of kept.values()) for (const { column, unit } of ofPeriod) keptOf[unit]!.push(column);
    for (const [unit, column] of there) keptOf[unit]!.push(column);
    const onTime = emptyOnTime(prepared.periods.length);
    const capacity = prepared.periods.map((_, period) => {
      const rows = addFit(builder, prepared, { cell, period, pairs, kept: kept.get(period) ?? [] }, columns);
      if (mayWait(prepared, cell, period))
        addOnTime(
          builder,
          prepared,
          { cell, period, pairs, there, rows: onTime, kept: kept.get(period) ?? [] },
          columns,
        );
      return rows;
    });
    return { capacity, ...onTime };
  });
  return { cellRows, kept: keptOf };
};

const NONE: ReadonlyMap<number, number> = new Map();

/** Is it reckoned in this period who waits for nodes of the cell? In the first of a small fleet it is reckoned over all cells. */
const mayWait = ({ ready, periods }: Prepared, cell: Cell, period: number): boolean =>
  (period > 0 || ready === undefined) &&
  periods[period]!.lengthMs <= LATENESS_UP_TO_MS &&
  cell.leadMs > 0 &&
  cell.sizes.length > 0;

type Fit = Readonly<{ cell: Cell; period: number; pairs: readonly number[]; kept: readonly Kept[] }>;

/** A row for each container size: those of at least that size fit the slots that they can use. */
const addFit = (
  builder: ProgramBuilder,
  { pairs, units }: Prepared,
  { cell, period, pairs: pairsOfCell, kept }: Fit,
  { nodes, served }: NodeColumns & DemandColumns,
): Int32Array =>
  Int32Array.from(cell.sizes, (size) => {
    const row = builder.addRow(-Infinity, 0);
    for (const pair of pairsOfCell) {
      const taken = cell.slots[pairs[pair]!.group] ?? 0;
      if (taken >= size) builder.put(row, served[pair]![period]!, taken);
    }
    for (const unit of cell.units)
      builder.put(row, nodes[unit]![period]!, -usableSlots(units[unit]!.slots, size));
    for (const { column, stranded } of kept) builder.put(row, column, stranded(size));
    return row;
  });
