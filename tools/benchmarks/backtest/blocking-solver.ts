import type { Solver } from '@slipway/capacity-planner-core';
import { loadHighs } from '../../../services/capacity-planner/app/solver/load-highs.ts';
import { solveProgram } from '../../../services/capacity-planner/app/solver/solve-program.ts';

const highs = await loadHighs();

/** HiGHS in this thread: a backtest has nothing else to do meanwhile. */
export const blockingSolver: Solver = { solve: (request) => Promise.resolve(solveProgram(highs, request)) };
