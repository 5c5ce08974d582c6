import type { Prepared } from '../model/prepared.js';
import type { DemandColumns } from './add-demand.js';
import { dollars } from './dollars.js';
import type { ProgramBuilder } from './program-builder.js';

/** Moving a container that serves costs: stays + moved ≥ what stands there now, as far as it is still wanted. */
export const addSticky = (
  builder: ProgramBuilder,
  { sticky, pairs }: Prepared,
  { served }: DemandColumns,
): void => {
  const pairOf = new Map(pairs.map(({ group, cell }, pair) => [`${group}/${cell}`, pair]));
  for (const { group, cell, containers, moveMicroUsd } of sticky) {
    const moved = builder.addColumn({ cost: dollars(moveMicroUsd), upper: containers });
    const row = builder.addRow(containers, Infinity);
    builder.put(row, moved, 1);
    builder.put(row, served[pairOf.get(`${group}/${cell}`)!]![0]!, 1);
  }
};
