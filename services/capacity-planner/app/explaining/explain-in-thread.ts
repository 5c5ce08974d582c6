import type { Explanation } from '@slipway/capacity-planner-core';
import { answerFromThread } from '../threads/answer-from-thread.js';
import type { Explainer } from './explainer.js';
import type { Question } from './question.js';

/** Whoever asks waits no longer than the gateway does. */
const LIMIT_MS = 140_000;

/** A large problem takes seconds to be made ready, and more to be solved again: other questions are answered meanwhile. */
export const explainInThread = (
  program: URL = new URL('./explain.thread.js', import.meta.url),
): Explainer => {
  const ask = <Answer>(input: Question): Promise<Answer> =>
    answerFromThread<Answer>({ program, what: 'explaining', input, limitMs: LIMIT_MS });
  return {
    plan: (problem, plan) => ask<Explanation>({ problem, plan }),
    offer: (problem, plan, offerId) => ask({ problem, plan, offerId }),
  };
};
