import type { Instant } from '@slipway/kernel';

/** Sums of parts of steps are a hair off. */
const HAIR = 1e-9;

/**
 * Whole containers by step, of levels that each hold until the next one (ascending in time; 0 before the first). A step has the mean
 * of its time, rounded down; what is left over is added to the steps behind it, so that short jobs are neither lost nor multiplied.
 */
export const countsByStep = (
  levels: readonly Readonly<{ at: Instant; containers: number }>[],
  from: Instant,
  stepMs: number,
  steps: number,
): readonly number[] => {
  let next = 0;
  let level = 0;
  let rest = 0;
  while (next < levels.length && levels[next]!.at <= from) level = levels[next++]!.containers;
  return Array.from({ length: steps }, (_, step) => {
    let cursor = from + step * stepMs;
    const end = cursor + stepMs;
    let area = 0;
    while (next < levels.length && levels[next]!.at < end) {
      area += level * (levels[next]!.at - cursor);
      cursor = levels[next]!.at;
      level = levels[next++]!.containers;
    }
    const due = (area + level * (end - cursor)) / stepMs + rest;
    const count = Math.max(0, Math.floor(due + HAIR));
    // What has ended is wanted no more: less than one container is carried on.
    rest = Math.max(0, due - count);
    return count;
  });
};
