import type { Prepared } from '../model/prepared.js';
import type { SolveResult, Solver } from '../ports.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { siftProgram, type SiftRequest } from '../sifting/sift-program.js';

/** Programs of more columns are solved in steps: the divisible program says nearly all, and a search as a whole finds it late. */
const MOST_COLUMNS = 10_000;

/** Solves a program as a whole, or where it is large, in steps. */
export const askSolver = (
  solver: Solver,
  built: BuiltProgram,
  prepared: Prepared,
  request: SiftRequest,
): Promise<SolveResult> =>
  built.program.columns > MOST_COLUMNS
    ? siftProgram(solver, built, prepared, request)
    : solver.solve({ ...request, program: built.program, duals: 'none' });
