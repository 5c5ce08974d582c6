import { isRefusal, refuse, RefusedError, type Refusal } from '@slipway/kernel';
import { answerFromThread } from '../threads/answer-from-thread.js';
import type { PackedRows } from './packed-rows.js';
import type { RecordingAsk } from './recording-ask.js';

/** Less than whoever asks waits for: the gateway gives up after it. */
const LIMIT_MS = 110_000;

/**
 * Reads and assembles a period in a thread of its own, so that the process answers meanwhile: a day of many groups is a hundred
 * thousand rows. Rejects with a refusal, also where the thread dies or hangs.
 */
export const recordInThread = async (
  ask: RecordingAsk,
  program: URL = new URL('./record.thread.js', import.meta.url),
): Promise<PackedRows> => {
  const answer = await answerFromThread<PackedRows | Refusal>({
    ...{ program, input: ask, limitMs: LIMIT_MS },
    what: 'recording',
  }).catch((error: unknown): Refusal => {
    const because = error instanceof Error ? error.message : String(error);
    return refuse('unavailable', 'recording-failed', `The period could not be recorded: ${because}.`);
  });
  if (isRefusal(answer)) throw new RefusedError(answer);
  return answer;
};
