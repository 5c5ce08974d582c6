import { setTimeout as pause } from 'node:timers/promises';
import { RefusedError } from '@slipway/kernel';

export type Patience = Readonly<{
  /** How long to go on from the first failure. */
  patienceMs: number;
  signal?: AbortSignal;
}>;

const RETRY_PAUSE_MS = 250;

/** Asks again until it is answered or the patience is over, and throws the last error then. A refusal is an answer, and is thrown at once. */
export const askAgain = async <Answer>(
  ask: () => Promise<Answer>,
  { patienceMs, signal }: Patience,
): Promise<Answer> => {
  let giveUpAt: number | undefined;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      giveUpAt ??= Date.now() + patienceMs;
      if (error instanceof RefusedError || signal?.aborted || Date.now() >= giveUpAt) throw error;
      await pause(RETRY_PAUSE_MS, undefined, { signal });
    }
  }
};
