import { isSmall } from '../model/is-small.js';
import type { Prepared } from '../model/prepared.js';
import type { DemandColumns } from './add-demand.js';
import type { NodeColumns } from './add-nodes.js';
import type { ProgramBuilder } from './program-builder.js';

/**
 * Whoever is served in a cell needs a whole node there: nodes ≥ served / wanted, for groups that would not fill one. Whole numbers
 * obey it by themselves; it tells the relaxation that a tenth of a node of eight GPUs cannot be bought (the strong form of facility
 * location). For small fleets, where that is most of the gap.
 */
export const addWholeNodes = (
  builder: ProgramBuilder,
  prepared: Prepared,
  { nodes, served }: NodeColumns & DemandColumns,
): void => {
  if (!isSmall(prepared)) return;
  const { pairs, cells, units, groups, periods } = prepared;
  pairs.forEach(({ group, cell }, pair) => {
    const taken = cells[cell]!.slots[group]!;
    const fitting = cells[cell]!.units.filter((unit) => units[unit]!.slots >= taken);
    const largest = fitting.reduce((most, unit) => Math.max(most, units[unit]!.slots), 0);
    periods.forEach((_, period) => {
      const wanted = groups[group]!.wanted[period]!;
      if (wanted <= 0 || wanted * taken >= largest) return;
      const row = builder.addRow(-Infinity, 0);
      builder.put(row, served[pair]![period]!, 1 / wanted);
      for (const unit of fitting) {
        // A node that is smaller than what is wanted of the group takes only a part of it.
        const part = Math.min(1, Math.floor(units[unit]!.slots / taken) / wanted);
        builder.put(row, nodes[unit]![period]!, -part);
      }
    });
  });
};
