import type { Cell, Prepared } from '../model/prepared.js';
import type { NodeColumns } from './add-nodes.js';
import type { ProgramBuilder } from './program-builder.js';

/** Nodes that can serve when the first period begins, where some of a unit are still on their way: those are the first to be called off. */
export const addThere = (
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
