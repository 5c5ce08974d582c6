import { serveRest } from '../heuristics/serve-rest.js';
import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { placeIntegers } from '../plan/place-integers.js';
import { readDraft } from '../plan/read-draft.js';
import type { LinearProgram, PlannerPorts, SolveResult } from '../ports.js';
import { buildProgram } from '../program/build-program.js';
import type { Integrality } from '../program/integrality.js';
import { warmStart } from '../program/warm-start.js';
import { askSolver } from './ask-solver.js';
import { bestStanding, cheapest, type Candidate } from './candidate.js';
import { foundNear } from './found-near.js';
import { placeWhole } from './place-whole.js';

/** What one question to the solver came to. */
export type Attempt = Readonly<{
  integrality: Integrality;
  program: LinearProgram;
  result: SolveResult;
  /** What came of it: one plan or none. */
  found: readonly Candidate[];
}>;

type Asking = Readonly<{
  integrality: Integrality;
  timeLimitMs: number;
  /** What becomes of fractions of nodes in later periods: beside plans of whole nodes they would always look cheaper than they are. */
  later?: 'as-solved' | 'rounded-up';
}>;

/** Asks the solver once, from a draft where one is known already. */
export const attempt = async (
  prepared: Prepared,
  solver: PlannerPorts['solver'],
  start: Draft | undefined,
  { integrality, timeLimitMs, later = 'as-solved' }: Asking,
): Promise<Attempt> => {
  const built = buildProgram(prepared, integrality);
  const { program, layout } = built;
  const result = await askSolver(solver, built, prepared, {
    timeLimitMs: Math.round(timeLimitMs),
    relativeGap: prepared.problem.policy.solve.relativeGap,
    ...(start && { warmStart: warmStart(program, layout, start, prepared) }),
  });
  const found =
    result.status === 'failed'
      ? foundNear(prepared, result.near && readDraft(prepared, layout, result.near, 0), integrality)
      : [
          await bestPlaced(
            prepared,
            solver,
            later === 'rounded-up'
              ? inWholeNodes(readDraft(prepared, layout, result.values, integrality.periods))
              : readDraft(prepared, layout, result.values, integrality.periods),
          ),
        ];
  return { integrality, program, result, found };
};

const inWholeNodes = ({ nodes, served }: Draft): Draft => ({
  nodes: nodes.map((counts) => counts.map((count) => Math.ceil(count - 1e-6))),
  served,
});

/**
 * In whole containers; and with nodes bought for those that found no place, where that is cheaper. Of a plan of hours the first
 * period is a small part, and all of what is done: what is lost in rounding it is within the gap of the whole, and paid in each step.
 */
const bestPlaced = async (
  prepared: Prepared,
  solver: PlannerPorts['solver'],
  draft: Draft,
): Promise<Candidate> => {
  const whole = (await placeWhole(prepared, draft, solver)) ?? placeIntegers(prepared, draft);
  return cheapest(
    [whole, serveRest(prepared, whole)].map((placed) => bestStanding(prepared, 'milp', placed)),
  );
};
