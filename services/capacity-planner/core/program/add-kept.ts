import type { Cell, Prepared } from '../model/prepared.js';
import { strandedSlots } from '../model/standing-nodes.js';
import type { NodeColumns } from './add-nodes.js';
import type { ProgramBuilder } from './program-builder.js';

/** Sticky containers stay for so long that room between them is of no use to larger ones until then. */
const STRANDED_UP_TO_MS = 1_800_000;

/** A column of nodes of a unit that are still held, and the slots on each that containers of a size cannot use. */
export type Kept = Readonly<{ unit: number; column: number; stranded: (size: number) => number }>;

/**
 * Room that large containers cannot use, since small ones stand scattered in it: an equal share on each node that is still held,
 * which is kept ≥ nodes - starts until then. By period.
 */
export const addKept = (
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
