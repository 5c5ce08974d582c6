import type { ExitReason } from '@slipway/contracts';
import { later, type Instant } from '@slipway/kernel';

/** What is known of a function's starts that failed one after the other, with none between them that worked. */
export type StartTrouble = Readonly<{
  /** Those that failed for no stated reason. */
  failedStarts: number;
  startPauseMs: number;
  pausedUntil: Instant;
  /** Since when the platform alone was at fault; undefined when it is not. */
  platformFailsSince?: Instant;
}>;

export const NO_TROUBLE: StartTrouble = { failedStarts: 0, startPauseMs: 0, pausedUntil: 0 };

export type FailedStart = Readonly<{
  reason: ExitReason;
  beganAt: Instant;
  /** The container said what failed: another start would say the same. */
  saidWhy: boolean;
  /** Another container of the function runs. */
  othersRun: boolean;
}>;

/** How many starts in a row may fail for no stated reason before those that wait are answered. */
const MOST_FAILED_STARTS = 3;
/** How long the platform may fail all starts before those that wait are answered: an outage makes them wait. */
export const LONGEST_OUTAGE_MS = 10 * 60 * 1000;
const FIRST_START_PAUSE_MS = 500;
const LONGEST_START_PAUSE_MS = 60_000;
/** Failures between which nothing was started for longer than this, though it might have been, are not of one trouble. */
export const QUIET_MS = 60_000;

/** Ends after which another try gives the same. */
const HOPELESS: ReadonlySet<ExitReason> = new Set(['init-failure', 'image-failed', 'startup-timeout']);

/** Whether it was the platform's fault: the worker's, or that of something it needs. */
export const isPlatformsFault = ({ reason, saidWhy }: Pick<FailedStart, 'reason' | 'saidWhy'>): boolean =>
  reason === 'platform-error' && !saidWhy;

/** What to make of a start that failed: whether those that wait are answered, and when the next start may be. */
export const judgeFailedStart = (
  known: StartTrouble,
  { reason, beganAt, saidWhy, othersRun }: FailedStart,
  at: Instant,
): Readonly<{ trouble: StartTrouble; giveUp: boolean }> => {
  const before = beganAt - known.pausedUntil > QUIET_MS ? NO_TROUBLE : known;
  const isCertain = saidWhy || HOPELESS.has(reason);
  const isPlatforms = isPlatformsFault({ reason, saidWhy });
  const platformFailsSince = before.platformFailsSince ?? at;
  const failedStarts = before.failedStarts + (isPlatforms ? 0 : 1);
  // Starts that failed together are one failure.
  const startPauseMs =
    before.pausedUntil > at
      ? before.startPauseMs
      : Math.min(LONGEST_START_PAUSE_MS, Math.max(FIRST_START_PAUSE_MS, before.startPauseMs * 2));
  const pause = { startPauseMs, pausedUntil: Math.max(before.pausedUntil, later(at, startPauseMs)) };
  const isEnough = isPlatforms
    ? at - platformFailsSince >= LONGEST_OUTAGE_MS
    : failedStarts >= MOST_FAILED_STARTS;
  if (!othersRun && (isCertain || isEnough)) return { trouble: { ...pause, failedStarts: 0 }, giveUp: true };
  return {
    trouble: { ...pause, failedStarts, ...(isPlatforms && { platformFailsSince }) },
    giveUp: false,
  };
};

/** A start that fails by the platform's fault is not tried again at once; one for which nobody waits never is. */
export const mayStartAgain = (
  { platformFailsSince, pausedUntil }: StartTrouble,
  isWaitedFor: boolean,
  at: Instant,
): boolean => pausedUntil <= at || (isWaitedFor && platformFailsSince === undefined);
