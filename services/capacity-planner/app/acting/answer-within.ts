import { setTimeout as pause } from 'node:timers/promises';

/** Below what those wait who ask the planner. */
const ANSWER_WITHIN_MS = 8_000;

/** What a vendor answers, or an error while the others need not wait for it any longer; an answer that comes later is not looked at. */
export const answerWithin = <Answer>(
  answer: Promise<Answer>,
  limitMs: number = ANSWER_WITHIN_MS,
): Promise<Answer> =>
  Promise.race([
    answer,
    pause(limitMs, undefined, { ref: false }).then(() =>
      Promise.reject(new Error(`no answer within ${limitMs / 1_000} s`)),
    ),
  ]);
