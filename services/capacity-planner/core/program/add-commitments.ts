import type { Prepared } from '../model/prepared.js';
import { dollars } from './dollars.js';
import type { ProgramBuilder } from './program-builder.js';

/** What commitments cover by period: columns whose value times `microUsdPerHour` is not on the bill. */
export type Covered = readonly Readonly<{ period: number; column: number; microUsdPerHour: number }>[];

/**
 * What is owned already costs nothing more: covered nodes (or covered dollars) give their price back, up to what is owned and what
 * is held. What the commitment itself costs is paid in any case and stands in the offset.
 */
export const addCommitments = (
  builder: ProgramBuilder,
  { commitments, periods, units }: Prepared,
  nodes: readonly Int32Array[],
): Covered => {
  const covered: { period: number; column: number; microUsdPerHour: number }[] = [];
  const coverRows = new Map<string, number>();
  for (const { commitment, units: within, active } of commitments)
    periods.forEach(({ hours }, period) => {
      if (!active[period]) return;
      builder.addOffset(dollars(commitment.priceMicroUsdPerHour * hours));
      const owned =
        commitment.kind === 'nodes' ? commitment.nodes : dollars(commitment.coveredMicroUsdPerHour);
      const limit = builder.addRow(-Infinity, owned);
      for (const index of within) {
        const list = units[index]!.prices.listMicroUsdPerHour;
        const perNode = commitment.kind === 'nodes' ? 1 : dollars(list);
        const column = builder.addColumn({ cost: -dollars(list * hours) });
        builder.put(limit, column, perNode);
        // A node is covered once, whatever the number of commitments that could.
        const key = `${index}/${period}`;
        const held = coverRows.get(key) ?? builder.addRow(-Infinity, 0);
        if (!coverRows.has(key)) builder.put(held, nodes[index]![period]!, -1);
        coverRows.set(key, held);
        builder.put(held, column, 1);
        covered.push({ period, column, microUsdPerHour: list });
      }
    });
  return covered;
};
