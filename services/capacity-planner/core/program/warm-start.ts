import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import type { LinearProgram } from '../ports.js';
import type { ProgramLayout } from './program-layout.js';

/** A draft as values of the program's columns: nodes, starts, flows and shortages; the solver works out the rest. */
export const warmStart = (
  { columns }: LinearProgram,
  { nodes, starts, served, short, floorShort }: ProgramLayout,
  draft: Draft,
  { units, groups, pairs }: Prepared,
): Float64Array => {
  const values = new Float64Array(columns);
  units.forEach(({ index, held }) =>
    draft.nodes[index]!.forEach((count, period) => {
      const before = period === 0 ? held : draft.nodes[index]![period - 1]!;
      values[nodes[index]![period]!] = count;
      values[starts[index]![period]!] = Math.max(0, count - before);
    }),
  );
  const given = groups.map(({ wanted }) => Float64Array.from(wanted));
  pairs.forEach(({ group }, pair) =>
    draft.served[pair]!.forEach((count, period) => {
      values[served[pair]![period]!] = count;
      given[group]![period]! -= count;
    }),
  );
  groups.forEach(({ index, group, wanted }) =>
    wanted.forEach((count, period) => {
      const above = Math.min(given[index]![period]!, count - group.floorContainers);
      values[short[index]![period]!] = above;
      const belowFloor = floorShort[index]![period]!;
      if (belowFloor >= 0) values[belowFloor] = given[index]![period]! - above;
    }),
  );
  return values;
};
