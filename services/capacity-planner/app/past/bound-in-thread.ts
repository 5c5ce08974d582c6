import { Worker } from 'node:worker_threads';
import type { TraceRow } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { PastBound } from './bound-past.js';

/** The solver has a limit of its own; a thread that takes longer has hung. */
const LIMIT_MS = 660_000;

/** Works the bound of a recorded period out in a thread of its own, so that the process answers meanwhile. Rejects where the thread dies or hangs. */
export const boundInThread = (
  rows: readonly TraceRow[],
  readAt: Instant,
  program: URL = new URL('./bound-past.thread.js', import.meta.url),
): Promise<PastBound> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(program, { workerData: { rows, readAt }, name: 'past' });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void thread.terminate();
    };
    const fail = (because: string): void => end(() => reject(new Error(because)));
    const timer = setTimeout(() => fail(`it was not worked out within ${LIMIT_MS / 1_000} s`), LIMIT_MS);
    thread.once('message', (bound: PastBound) => end(() => resolve(bound)));
    thread.once('error', (error) => fail(firstLine(error)));
    thread.once('exit', (code) => fail(`its thread ended with ${code} before it answered`));
  });

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 300);
