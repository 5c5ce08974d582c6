import type { ImageProgress } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

const DAY_MS = 24 * 3_600_000;

/** Before when a build must have spoken for its log to be removed; undefined where logs are kept for ever. */
export const forgottenBefore = (keptDays: number, at: Instant): Instant | undefined =>
  keptDays === 0 ? undefined : at - keptDays * DAY_MS;

/** What stands in place of a log of which nothing is left: of a build that is older than logs are kept. */
export const noteOfForgotten = (definedAt: Instant, keptDays: number, at: Instant): ImageProgress['logs'] => {
  const before = forgottenBefore(keptDays, at);
  if (before === undefined || definedAt >= before) return [];
  const data = `What this build said is no longer kept: logs of builds go after ${keptDays} days.\n`;
  // Within the time of the build, which is what a client asks about.
  return [{ data, stream: 'info', at: definedAt }];
};
