import type { Prepared } from '../model/prepared.js';
import { spareCover } from '../model/spare-cover.js';
import type { NodeColumns } from './add-nodes.js';
import { dollars } from './dollars.js';
import type { ProgramBuilder } from './program-builder.js';

/**
 * Where more is spent than the cap allows, nodes that are started, and those beyond what is held, are paid for by what commitments
 * have left: columns of what each pays for. The rest is not started, which the bounds of its columns say.
 */
export const addCoveredStarts = (
  builder: ProgramBuilder,
  prepared: Prepared,
  { nodes, starts }: NodeColumns,
): void =>
  spareCover(prepared)?.forEach((covers, period) => {
    const paying = new Map<number, number[]>();
    for (const cover of covers) {
      const owned = builder.addRow(
        -Infinity,
        cover.kind === 'nodes' ? cover.nodes : dollars(cover.microUsdPerHour),
      );
      for (const unit of cover.units) {
        const column = builder.addColumn({});
        const list = prepared.units[unit]!.prices.listMicroUsdPerHour;
        builder.put(owned, column, cover.kind === 'nodes' ? 1 : dollars(list));
        paying.set(unit, [...(paying.get(unit) ?? []), column]);
      }
    }
    for (const [unit, columns] of paying)
      for (const [counted, there] of [
        [nodes[unit]![period]!, prepared.units[unit]!.held],
        [starts[unit]![period]!, 0],
      ] as const) {
        const row = builder.addRow(-Infinity, there);
        builder.put(row, counted, 1);
        for (const column of columns) builder.put(row, column, -1);
      }
  });
