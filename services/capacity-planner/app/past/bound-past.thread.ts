import { parentPort, workerData } from 'node:worker_threads';
import type { Solver } from '@slipway/capacity-planner-core';
import { isRefusal, type Instant } from '@slipway/kernel';
import { recordFromStores } from '../recording/record-from-stores.js';
import type { RecordingAsk } from '../recording/recording-ask.js';
import { loadHighs } from '../solver/load-highs.js';
import { solveProgram } from '../solver/solve-program.js';
import { withReading } from '../store/with-reading.js';
import { boundPast } from './bound-past.js';

const { ask, readAt } = workerData as { ask: RecordingAsk; readAt: Instant };
const rows = await withReading(ask.databaseUrl, (pool) => recordFromStores(pool, ask));
const highs = await loadHighs();
// The thread has nothing else to do meanwhile, and gives its memory back when it ends.
const solver: Solver = { solve: (request) => Promise.resolve(solveProgram(highs, request)) };
parentPort?.postMessage(isRefusal(rows) ? rows : await boundPast(rows, readAt, solver));
