import { isSmall } from '../model/is-small.js';
import type { Prepared } from '../model/prepared.js';
import type { SolveResult, Solver } from '../ports.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { siftProgram, type SiftRequest } from '../sifting/sift-program.js';

/** Programs of more columns are solved in steps: the divisible program says nearly all, and a search as a whole finds it late. */
const MOST_COLUMNS = 10_000;

/**
 * Solves a program as a whole, or in steps: where it is large, and where little but the present is in whole numbers. Most of the cost of
 * such a plan lies in later periods, so that a search as a whole is near enough with plans that put off day after day what pays now;
 * next to the divisible plan nothing is put off.
 */
export const askSolver = (
  solver: Solver,
  built: BuiltProgram,
  prepared: Prepared,
  request: SiftRequest,
): Promise<SolveResult> =>
  built.program.columns > MOST_COLUMNS || !isSmall(prepared)
    ? siftProgram(solver, built, prepared, request)
    : solver.solve({ ...request, program: built.program, duals: 'none' });
