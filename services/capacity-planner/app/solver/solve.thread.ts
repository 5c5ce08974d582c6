import { parentPort, workerData } from 'node:worker_threads';
import type { SolveRequest } from '@slipway/capacity-planner-core';
import { loadHighs } from './load-highs.js';
import { solveProgram } from './solve-program.js';

// One solve, then the thread ends and gives its memory back.
parentPort?.postMessage(solveProgram(await loadHighs(), workerData as SolveRequest));
