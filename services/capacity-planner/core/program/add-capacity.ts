import type { Cell, Prepared } from '../model/prepared.js';
import { usableSlots } from '../model/slots.js';
import type { DemandColumns } from './add-demand.js';
import type { NodeColumns } from './add-nodes.js';
import { dollars } from './dollars.js';
import { LATENESS_UP_TO_MS, lateClasses, lateHours } from './late-classes.js';
import type { ProgramBuilder } from './program-builder.js';

/**
 * What stands in a cell fits its nodes. Container sizes divide one another, so one row for each size is necessary and sufficient:
 * containers of at least that size within the slots that such containers can use. And what stands on nodes that start in the period
 * waits for them: served - late ≤ slots of nodes that were there before.
 */
export const addCapacity = (
  builder: ProgramBuilder,
  prepared: Prepared,
  { nodes, starts, served }: NodeColumns & DemandColumns,
): void => {
  const { pairs } = prepared;
  const pairsOf = prepared.cells.map(() => [] as number[]);
  pairs.forEach(({ cell }, pair) => pairsOf[cell]!.push(pair));
  for (const cell of prepared.cells) {
    const classes = lateClasses(cell, prepared);
    prepared.periods.forEach((period, index) => {
      for (const size of cell.sizes) {
        const row = builder.addRow(-Infinity, 0);
        for (const pair of pairsOf[cell.index]!) {
          const taken = cell.slots[pairs[pair]!.group] ?? 0;
          if (taken >= size) builder.put(row, served[pair]![index]!, taken);
        }
        for (const unit of cell.units)
          builder.put(row, nodes[unit]![index]!, -usableSlots(prepared.units[unit]!.slots, size));
      }
      if (period.lengthMs > LATENESS_UP_TO_MS || cell.leadMs === 0 || cell.sizes.length === 0) return;
      const onTime = builder.addRow(-Infinity, 0);
      for (const unit of cell.units) {
        builder.put(onTime, nodes[unit]![index]!, -prepared.units[unit]!.slots);
        builder.put(onTime, starts[unit]![index]!, prepared.units[unit]!.slots);
      }
      for (const { microUsdPerSlotHour, groups } of classes) {
        const late = builder.addColumn({
          cost: dollars(microUsdPerSlotHour * lateHours(cell, period.lengthMs)),
        });
        builder.put(onTime, late, -1);
        const within = builder.addRow(-Infinity, 0);
        builder.put(within, late, 1);
        for (const pair of servedBy(pairsOf, pairs, cell, groups)) {
          const taken = cell.slots[pairs[pair]!.group]!;
          builder.put(onTime, served[pair]![index]!, taken);
          builder.put(within, served[pair]![index]!, -taken);
        }
      }
    });
  }
};

const servedBy = (
  pairsOf: readonly number[][],
  pairs: Prepared['pairs'],
  cell: Cell,
  groups: readonly number[],
): readonly number[] => pairsOf[cell.index]!.filter((pair) => groups.includes(pairs[pair]!.group));
