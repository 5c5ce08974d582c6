import type { RelayOutcome } from '@slipway/contracts';

/** How one try to have a request answered failed. */
export type FailedTry =
  | Readonly<{ how: 'refused'; outcome: Exclude<RelayOutcome, 'user'> }>
  /** The connection broke before the answer's head; `sent`: some of the request had left by then. */
  | Readonly<{ how: 'broken'; sent: boolean }>;

export type Resendable = Readonly<{
  method: string;
  /** Whether all of the body is still there. */
  bodyIsHeld: boolean;
  /** Tries that may have run before this one: a request that ends its container is not given one after the other. */
  ranBefore: number;
}>;

const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);
const NOT_STARTED: ReadonlySet<RelayOutcome> = new Set(['gone', 'draining', 'busy']);
const MOST_RUNS = 2;

/** Whether the try may have been seen by the user's app. */
export const mayHaveRun = (failed: FailedTry): boolean =>
  failed.how === 'broken' ? failed.sent : !NOT_STARTED.has(failed.outcome);

/**
 * Whether a request may go to another container: always when it was not started; when it may have been and its container
 * is gone, once more if it does the same when it is done twice. In all cases its body must still be there.
 */
export const maySendAgain = ({ method, bodyIsHeld, ranBefore }: Resendable, failed: FailedTry): boolean => {
  if (!bodyIsHeld) return false;
  if (!mayHaveRun(failed)) return true;
  const isOver = failed.how === 'refused' && failed.outcome === 'timeout';
  return !isOver && IDEMPOTENT.has(method) && ranBefore + 1 < MOST_RUNS;
};
