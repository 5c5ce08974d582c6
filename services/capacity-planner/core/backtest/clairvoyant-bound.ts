import type { Solver } from '../ports.js';
import type { Period } from '../simulation/period.js';
import { boundProgram } from './bound-program.js';

const TIME_LIMIT_MS = 600_000;

/**
 * What nobody can be cheaper than in the accounted steps of a period, in micro-USD. Losses count on average, so a single lucky run
 * may come a little closer than it says; nobody gets under it for long. Throws when the solver has no answer.
 */
export const clairvoyantBoundMicroUsd = async (period: Period, solver: Solver): Promise<number> => {
  const result = await solver.solve({
    program: boundProgram(period),
    timeLimitMs: TIME_LIMIT_MS,
    relativeGap: 0,
    duals: 'none',
  });
  if (result.status === 'failed') throw new Error(`no bound for ${period.name}: ${result.because}`);
  if (result.status !== 'optimal')
    throw new Error(`no bound for ${period.name} within ${TIME_LIMIT_MS / 1000} s`);
  return Math.floor(result.objective * 1_000_000);
};
