import type { Schedule } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { ticksOf } from './ticks-of.js';

/** A tick that nobody was there for still fires when it is the latest one and not older than this. */
export const GRACE_MS = 60 * 60_000;

/** How many missed ticks are counted one by one, as the calendar takes its time for each; of more it is said that they were more. */
const MAX_COUNTED_TICKS = 500;

export type MissedTicks = Readonly<{
  firstDueAt: Instant;
  lastDueAt: Instant;
  ticks: number;
  /** Not all were counted: more than `ticks` were missed. */
  atLeast?: true;
}>;

export type DueTicks = Readonly<{
  /** The latest tick, where it is to fire. */
  fire?: Instant;
  missed?: MissedTicks;
  nextDueAt?: Instant;
}>;

/** What is to be done at `at` about the ticks from `dueAt` on: the latest one fires within the grace, all before it were missed. */
export const dueTicks = (schedule: Schedule, anchorAt: Instant, dueAt: Instant, at: Instant): DueTicks => {
  const nextTick = ticksOf(schedule, anchorAt);
  let latest = dueAt;
  let missed: MissedTicks | undefined;
  const miss = (tick: Instant): void => {
    const { firstDueAt = tick, ticks = 0 } = missed ?? {};
    missed = { ...missed, firstDueAt, lastDueAt: tick, ticks: ticks + 1 };
  };
  let next = nextTick(latest);
  while (next !== undefined && next <= at) {
    miss(latest);
    latest = next;
    next = nextTick(latest);
    if ((missed?.ticks ?? 0) < MAX_COUNTED_TICKS || latest >= at - GRACE_MS) continue;
    const near = nextTick(at - GRACE_MS);
    if (missed !== undefined && near !== next) missed = { ...missed, atLeast: true };
    next = near;
  }
  if (at - latest > GRACE_MS) miss(latest);
  return {
    ...(at - latest > GRACE_MS ? {} : { fire: latest }),
    ...(missed === undefined ? {} : { missed }),
    ...(next === undefined ? {} : { nextDueAt: next }),
  };
};
