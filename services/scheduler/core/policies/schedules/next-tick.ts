import type { Schedule } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { nextCronTick } from './cron-ticks.js';
import { nextPeriodTick } from './period-ticks.js';

/** When a schedule ticks next; undefined when it never does again. `anchorAt` is when it began. */
export const nextTick = (schedule: Schedule, anchorAt: Instant, after: Instant): Instant | undefined =>
  schedule.kind === 'cron' ? nextCronTick(schedule, after) : nextPeriodTick(schedule, anchorAt, after);
