import type { TraceRow } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import { answerFromThread } from '../threads/answer-from-thread.js';
import type { PastBound } from './bound-past.js';

/** The solver has a limit of its own; a thread that takes longer has hung. */
const LIMIT_MS = 660_000;

/** Works the bound of a recorded period out in a thread of its own, so that the process answers meanwhile. Rejects where the thread dies or hangs. */
export const boundInThread = (
  rows: readonly TraceRow[],
  readAt: Instant,
  program: URL = new URL('./bound-past.thread.js', import.meta.url),
): Promise<PastBound> =>
  answerFromThread<PastBound>({
    ...{ program, input: { rows, readAt }, limitMs: LIMIT_MS },
    what: 'bounding',
  });
