import type { SolverStory } from '../plan/plan.js';
import type { SolveResult } from '../ports.js';
import type { Attempt } from './attempt.js';
import type { Found } from './plan-of.js';

/** How the solver fared, in the words of a plan. */
export const foundOf = ({ result, program, integrality }: Attempt, solveMs = result.solveMs): Found => ({
  story: storyOf(result),
  solveMs,
  integrality,
  ...('bound' in result && result.bound !== undefined && { boundMicroUsd: Math.floor(result.bound * 1e6) }),
  size: {
    columns: program.columns,
    integers: program.integer.reduce((sum, integer) => sum + integer, 0),
    rows: program.rows,
  },
});

const storyOf = (result: SolveResult): SolverStory =>
  result.status !== 'failed'
    ? { status: result.status }
    : result.near
      ? { status: 'time-limit' }
      : { status: 'fallback', because: result.because };
