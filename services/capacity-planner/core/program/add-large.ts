import { usableSlots } from '../model/slots.js';
import type { Prepared } from '../model/prepared.js';
import type { DemandColumns } from './add-demand.js';
import type { NodeColumns } from './add-nodes.js';
import { dollars } from './dollars.js';
import { lateClasses, lateHours } from './late-classes.js';
import type { Waiting } from './on-time-rows.js';
import type { ProgramBuilder } from './program-builder.js';
import type { LargeRows } from './program-layout.js';

/**
 * GPUs that are idle one by one are no room for a large container: those of at least a size stand in time only where nodes that were
 * there before have such room, and wait for others at the price of the cheapest of them. Only where it is known what stands on each node.
 */
export const addLarge = (
  builder: ProgramBuilder,
  prepared: Prepared,
  { cell, period, pairs, there, rows, kept }: Waiting,
  { nodes, starts, served }: NodeColumns & Pick<DemandColumns, 'served'>,
): readonly LargeRows[] =>
  cell.sizes.slice(1).map((size): LargeRows => {
    const cheapest = lateClasses(cell, prepared).find(({ groups }) =>
      groups.some((group) => cell.slots[group]! >= size),
    )!;
    const row = builder.addRow(-Infinity, 0);
    const within = builder.addRow(-Infinity, 0);
    const late = builder.addColumn({
      cost: dollars(cheapest.microUsdPerSlotHour * lateHours(cell, prepared.periods[period]!.lengthMs)),
    });
    builder.put(row, late, -1);
    builder.put(rows.onTime[period]!, late, -1);
    builder.put(within, late, 1);
    for (const pair of pairs) {
      const taken = cell.slots[prepared.pairs[pair]!.group]!;
      if (taken < size) continue;
      builder.put(row, served[pair]![period]!, taken);
      builder.put(within, served[pair]![period]!, -taken);
    }
    for (const unit of cell.units) {
      const usable = usableSlots(prepared.units[unit]!.slots, size);
      if (period === 0 && there.has(unit)) {
        builder.put(row, there.get(unit)!, -usable);
        continue;
      }
      builder.put(row, nodes[unit]![period]!, -usable);
      builder.put(row, starts[unit]![period]!, usable);
    }
    for (const { column, stranded } of kept) builder.put(row, column, stranded(size));
    return { size, row, late, within };
  });
