import { parentPort, workerData } from 'node:worker_threads';
import type { Solver, TraceRow } from '@slipway/capacity-planner-core';
import { loadHighs } from '../solver/load-highs.js';
import { solveProgram } from '../solver/solve-program.js';
import { boundPast } from './bound-past.js';

const { rows, readAt } = workerData as { rows: readonly TraceRow[]; readAt: number };
const highs = await loadHighs();
// The thread has nothing else to do meanwhile, and gives its memory back when it ends.
const solver: Solver = { solve: (request) => Promise.resolve(solveProgram(highs, request)) };
parentPort?.postMessage(await boundPast(rows, readAt, solver));
