import { setTimeout as pause } from 'node:timers/promises';
import { isPassingTrouble } from './passing-trouble.js';

const PATIENCE_MS = 40_000;
const PAUSE_MS = 100;

/**
 * Runs a request again while a service is away or restarts, until it is answered, the client leaves or patience is over:
 * clients themselves give up after a second or two.
 */
export const withPatience = async <Answer>(
  ask: () => Promise<Answer>,
  isOver: () => boolean,
): Promise<Answer> => {
  const untilMs = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassingTrouble(error) || isOver() || Date.now() >= untilMs) throw error;
      await pause(PAUSE_MS);
    }
  }
};
