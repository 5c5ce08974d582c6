import { later, type Instant } from '@slipway/kernel';

/** Exit hooks have at least this long, however long ago the last answer was. */
export const EXIT_HOOKS_MS = 30_000;

/**
 * Until when a container that was told to end by itself may take. What a function still does after its answer has the
 * function's timeout, counted from that answer, as if it were a part of the input; inputs that it still has in hand have
 * theirs (`heldUntil`), and then the exit hooks.
 */
export const leaveBy = (
  container: Readonly<{
    inputTimeoutMs: number;
    toldAt: Instant;
    lastAnswerAt?: Instant;
    heldUntil?: Instant;
  }>,
): Instant => {
  const { inputTimeoutMs, toldAt, lastAnswerAt, heldUntil } = container;
  const hooksBegin = Math.max(toldAt, lastAnswerAt ?? toldAt, heldUntil ?? toldAt);
  const workEnds = lastAnswerAt === undefined ? toldAt : later(lastAnswerAt, inputTimeoutMs);
  return Math.max(later(hooksBegin, EXIT_HOOKS_MS), workEnds);
};
