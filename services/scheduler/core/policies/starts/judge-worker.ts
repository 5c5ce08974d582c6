import { later, type Instant } from '@slipway/kernel';
import type { Candidate } from '../placement/place-task.js';

/** What is known of a worker on which the platform failed starts, with none between them that worked. */
export type WorkerTrouble = Readonly<{
  /** In a row; those that failed together are one. */
  failedStarts: number;
  /** Until then it is passed over where another worker could serve. */
  pausedUntil: Instant;
  /** What the last of them failed by. */
  message: string;
}>;

const FIRST_PAUSE_MS = 5_000;
export const LONGEST_PAUSE_MS = 2 * 60_000;

/** What to make of a start that the platform failed on a worker. One that began before a pause was over says nothing new. */
export const judgeWorker = (
  known: WorkerTrouble | undefined,
  { beganAt, message }: Readonly<{ beganAt: Instant; message: string }>,
  at: Instant,
): WorkerTrouble => {
  if (known !== undefined && beganAt < known.pausedUntil) return known;
  const failedStarts = (known?.failedStarts ?? 0) + 1;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failedStarts - 1));
  return { failedStarts, pausedUntil: later(at, pauseMs), message };
};

/** What placement makes of a worker in trouble: after the pause it gets a single start, to see whether it works again. */
export const trialOf = (
  { pausedUntil }: WorkerTrouble,
  starting: number,
  at: Instant,
): Pick<Candidate, 'freeStarts'> | Required<Pick<Candidate, 'passedOverUntil'>> =>
  pausedUntil > at || starting > 0 ? { passedOverUntil: pausedUntil } : { freeStarts: 1 };
