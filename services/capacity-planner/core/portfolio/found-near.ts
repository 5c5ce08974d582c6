import { checkPlan } from '../checker/check-plan.js';
import { serveRest } from '../heuristics/serve-rest.js';
import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import type { Integrality } from '../program/integrality.js';
import { bestStanding, type Candidate } from './candidate.js';
import { planOf } from './plan-of.js';

/**
 * What there is when time ends before whole numbers were found: the counts of the divisible plan rounded down, which breaks no cap, and
 * nodes more for whoever is left, where that costs less; if the checker has nothing against it.
 */
export const foundNear = (
  prepared: Prepared,
  divisible: Draft | undefined,
  integrality: Integrality,
): readonly Candidate[] => {
  if (divisible === undefined) return [];
  const near = bestStanding(
    prepared,
    'milp',
    serveRest(prepared, {
      nodes: divisible.nodes.map((counts) =>
        counts.map((count, period) => (period < integrality.periods ? Math.floor(count + 1e-6) : count)),
      ),
      served: divisible.served.map((counts) =>
        counts.map((count, period) => (period === 0 ? Math.floor(count + 1e-6) : count)),
      ),
    }),
  );
  const plan = planOf(prepared, [near], {
    ...{ integrality, story: { status: 'time-limit' }, solveMs: 0 },
    size: { columns: 0, integers: 0, rows: 0 },
  });
  return checkPlan(prepared.problem, plan).length === 0 ? [near] : [];
};
