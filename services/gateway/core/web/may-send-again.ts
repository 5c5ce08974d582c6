import type { RelayOutcome } from '@slipway/contracts';

/** How one try to have a request answered failed. */
export type FailedTry =
  | Readonly<{ how: 'refused'; outcome: Exclude<RelayOutcome, 'user'> }>
  /** The connection broke before the answer's head; `sent`: some of the request had left by then. */
  | Readonly<{ how: 'broken'; sent: boolean }>;

const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);
const NOT_STARTED: ReadonlySet<RelayOutcome> = new Set(['gone', 'draining', 'busy']);

/**
 * Whether a request may go to another container: always when it was not started; when it may have been, only one that
 * does the same when it is done twice. In both cases its body must still be there.
 */
export const maySendAgain = (method: string, bodyIsHeld: boolean, failed: FailedTry): boolean => {
  if (!bodyIsHeld) return false;
  if (failed.how === 'refused') return NOT_STARTED.has(failed.outcome);
  return !failed.sent || IDEMPOTENT.has(method);
};
