import type { Answer } from './answer.js';

const LONGEST_DROPPING_MS = 30_000;

/** After an answer that came before its request was whole: many clients look at it only when they have sent all of the rest. */
export const dropRest = (answer: Answer): void => {
  const { req: request, stream } = answer;
  if (request.complete) return;
  request.resume();
  (stream ?? answer).once('finish', () => {
    const clock = setTimeout(() => (stream ?? request).destroy(), LONGEST_DROPPING_MS).unref();
    request.once('end', () => clearTimeout(clock)).once('close', () => clearTimeout(clock));
  });
};
