import { isRefusal, RefusedError, type Instant, type Refusal } from '@slipway/kernel';
import type { RecordingAsk } from '../recording/recording-ask.js';
import { answerFromThread } from '../threads/answer-from-thread.js';
import type { BoundedPast } from './bound-past.js';

/** The solver has a limit of its own; a thread that takes longer has hung. */
const LIMIT_MS = 660_000;

/**
 * Records a period and works its bound out in a thread of its own, so that the process answers meanwhile. Rejects with the refusal
 * where nothing is recorded of it or nothing could be bought, and where the thread dies or hangs.
 */
export const boundInThread = async (
  ask: RecordingAsk,
  readAt: Instant,
  program: URL = new URL('./bound-past.thread.js', import.meta.url),
): Promise<BoundedPast> => {
  const answer = await answerFromThread<BoundedPast | Refusal>({
    ...{ program, input: { ask, readAt }, limitMs: LIMIT_MS },
    what: 'bounding',
  });
  if (isRefusal(answer)) throw new RefusedError(answer);
  return answer;
};
