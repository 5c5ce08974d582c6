/** Exit hooks have at least this long, however long ago the last answer was. */
export const EXIT_HOOKS_MS = 30_000;

/**
 * How long a container that was told to end by itself may take. What a function still does after its answer has the
 * function's timeout, counted from that answer, as if it were a part of the input.
 */
export const leaveWithinMs = (
  container: Readonly<{ inputTimeoutMs: number; lastAnswerAt?: number }>,
  at: number,
): number => {
  const { inputTimeoutMs, lastAnswerAt } = container;
  return lastAnswerAt === undefined
    ? EXIT_HOOKS_MS
    : Math.max(EXIT_HOOKS_MS, lastAnswerAt + inputTimeoutMs - at);
};
