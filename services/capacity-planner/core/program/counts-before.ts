import type { Prepared } from '../model/prepared.js';
import type { BuiltProgram } from './program-layout.js';

/** By column: how many nodes the plan before would hold, within what is allowed now; nothing where there was none. */
export const countsBefore = (
  { program, layout }: BuiltProgram,
  { problem, units }: Prepared,
): Float64Array | undefined => {
  if (problem.before === undefined) return undefined;
  const before = new Map(problem.before.map(({ offerId, nodes }) => [offerId, nodes]));
  const counts = new Float64Array(program.columns);
  for (const { index, members } of units)
    layout.nodes[index]!.forEach((column, period) => {
      const count = members.reduce((sum, { offer }) => sum + (before.get(offer.offerId)?.[period] ?? 0), 0);
      counts[column] = Math.min(
        Math.max(Math.round(count), program.columnLower[column]!),
        program.columnUpper[column]!,
      );
    });
  return counts;
};
