import type { LookAhead } from '../look-ahead/look-ahead.js';
import type { Prepared } from '../model/prepared.js';
import { evaluate } from '../plan/evaluate.js';
import type { Plan, Solution, SolverStory } from '../plan/plan.js';
import type { Integrality } from '../program/integrality.js';
import { cheapest, type Candidate } from './candidate.js';

/** How the solver fared beside the rules of thumb. */
export type Found = Readonly<{
  story: SolverStory;
  solveMs: number;
  integrality: Integrality;
  boundMicroUsd?: number;
  size: Readonly<{ columns: number; integers: number; rows: number }>;
}>;

/** The plan of whichever proposal is the cheapest, or what a rehearsal made of it, and what is known of how it was found. */
export const planOf = (
  prepared: Prepared,
  candidates: readonly Candidate[],
  found: Found,
  ahead?: LookAhead,
): Plan => {
  const { planner, draft, totalMicroUsd } = cheapest(candidates);
  const solution: Solution = {
    planner,
    ...(found.boundMicroUsd !== undefined && {
      boundMicroUsd: found.boundMicroUsd,
      gap: Math.max(0, totalMicroUsd - found.boundMicroUsd) / Math.max(1, Math.abs(totalMicroUsd)),
    }),
    solver: found.story,
    candidates: candidates.map(({ planner: name, totalMicroUsd: total }) => ({
      planner: name,
      totalMicroUsd: total,
    })),
    integrality: found.integrality.periods >= prepared.periods.length ? 'all-periods' : 'first-periods',
    size: {
      offers: prepared.problem.offers.length,
      groups: prepared.groups.length,
      cells: prepared.cells.length,
      ...found.size,
      ...(prepared.leftOutUnits > 0 && { leftOutUnits: prepared.leftOutUnits }),
    },
    solveMs: found.solveMs,
    ...(ahead && { lookAhead: ahead.story }),
  };
  return { ...evaluate(prepared, ahead?.draft ?? draft), solution };
};
