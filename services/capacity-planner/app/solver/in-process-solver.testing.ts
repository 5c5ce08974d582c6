import type { Solver } from '@slipway/capacity-planner-core';
import { loadHighs } from './load-highs.js';
import { solveProgram } from './solve-program.js';

/** The same solver without its thread: specs solve thousands of small programs. */
export const inProcessSolver = async (): Promise<Solver> => {
  const highs = await loadHighs();
  return { solve: async (request) => solveProgram(highs, request) };
};
