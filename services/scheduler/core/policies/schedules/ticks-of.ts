import type { Schedule } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { cronTicks } from './cron-ticks.js';
import { nextPeriodTick } from './period-ticks.js';

/** The first tick after a moment; undefined where there is none. */
export type NextTick = (after: Instant) => Instant | undefined;

/** When a schedule ticks. `anchorAt` is when it began. */
export const ticksOf = (schedule: Schedule, anchorAt: Instant): NextTick =>
  schedule.kind === 'cron' ? cronTicks(schedule) : (after) => nextPeriodTick(schedule, anchorAt, after);
