import type { Prepared } from '../model/prepared.js';
import type { SolveRequest, SolveResult, Solver } from '../ports.js';
import { countsBefore } from '../program/counts-before.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { allOf } from './choice.js';
import { firstChoice } from './first-choice.js';
import { gapOf, searchWhole } from './search-whole.js';
import { solveDivisible } from './solve-divisible.js';

/** A program of more columns begins with some of them: the solver's time and memory do not hold it as a whole. */
const MOST_COLUMNS = 60_000;
/** Of the time, what the divisible program gets at most before whole numbers have their turn. */
const DIVISIBLE_SHARE = 0.7;
/** Of the gap that is asked for, what is left out of the program may take. */
const LEFT_OUT_SHARE = 0.6;
/** Where no gap is allowed, what the solver's own tolerance leaves. */
const LEAST_LEFT_OUT = 1e-5;

export type SiftRequest = Omit<SolveRequest, 'program' | 'duals' | 'basis' | 'enough'>;

/**
 * Solves a program in two steps: the divisible one, with as many of its columns as it takes, which gives the bound; then whole
 * numbers near its plan. The bound holds for the program as a whole.
 */
export const siftProgram = async (
  solver: Solver,
  built: BuiltProgram,
  prepared: Prepared,
  request: SiftRequest,
  mostColumns: number = MOST_COLUMNS,
): Promise<SolveResult> => {
  const { timeLimitMs, relativeGap } = request;
  const { found, bound, solveMs } = await solveDivisible(
    solver,
    built,
    prepared,
    built.program.columns > mostColumns ? firstChoice(prepared) : allOf(prepared),
    {
      timeLimitMs: timeLimitMs * DIVISIBLE_SHARE,
      enough: Math.max(LEAST_LEFT_OUT, relativeGap * LEFT_OUT_SHARE),
    },
  );
  if (found === undefined)
    return { status: 'failed', because: 'the divisible program was not solved in time', solveMs };
  if (!built.program.integer.includes(1)) {
    const { values, objective } = found;
    return { status: 'gap-reached', values, objective, bound, gap: gapOf(objective, bound), solveMs };
  }
  const before = countsBefore(built, prepared);
  const whole = await searchWhole(solver, built, prepared, found, {
    ...request,
    timeLimitMs: Math.max(1, timeLimitMs - solveMs),
    bound,
    ...(before && { tryFirst: before }),
  });
  return { ...whole, solveMs: solveMs + whole.solveMs };
};
