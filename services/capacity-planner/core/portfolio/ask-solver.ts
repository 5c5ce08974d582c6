import type { Prepared } from '../model/prepared.js';
import type { SolveResult, Solver } from '../ports.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { siftFlows, type SiftRequest } from './sift-flows.js';

/** More flows than these, and the solver's memory does not hold the program. */
const MOST_FLOWS = 150_000;

/** Solves a program as a whole, or where it is too large by its flows, some at a time. */
export const askSolver = (
  solver: Solver,
  built: BuiltProgram,
  prepared: Prepared,
  request: SiftRequest,
): Promise<SolveResult> =>
  built.layout.served.length * prepared.periods.length > MOST_FLOWS
    ? siftFlows(solver, built, prepared, request)
    : solver.solve({ ...request, program: built.program, duals: 'none' });
