import type { Instant } from '@slipway/kernel';

/** The usual length of a step: short beside the shortest period of a plan, long beside a container's start. */
export const SERIES_STEP_MS = 5 * 60_000;

/**
 * Containers that a group wanted, on average over each step. `values[0]` is the step that begins at `startsAt`, a multiple of
 * `stepMs`; a step that nobody saw is a hole.
 */
export type DemandSeries = Readonly<{
  startsAt: Instant;
  stepMs: number;
  values: readonly (number | undefined)[];
}>;

export type SeriesPoint = Readonly<{ startsAt: Instant; containers: number }>;

/** The most steps that a series has: four weeks of five minutes. What is older is let go. */
const MOST_STEPS = 8_064;

/**
 * Points as a series that ends with the last whole step before `at`. Points in any order; of two for one step the later in the
 * list counts; what is not a number, negative, or of the future is a hole.
 */
export const seriesOf = (
  points: readonly SeriesPoint[],
  at: Instant,
  stepMs: number = SERIES_STEP_MS,
): DemandSeries => {
  const end = Math.floor(at / stepMs);
  const known = new Map<number, number>();
  for (const { startsAt, containers } of points) {
    const step = Math.floor(startsAt / stepMs);
    if (step < end && step >= end - MOST_STEPS && Number.isFinite(containers) && containers >= 0)
      known.set(step, containers);
  }
  const first = known.size === 0 ? end : [...known.keys()].reduce((least, step) => Math.min(least, step));
  return {
    startsAt: first * stepMs,
    stepMs,
    values: Array.from({ length: end - first }, (_, index) => known.get(first + index)),
  };
};

/** How far back a value still says what is wanted now. */
const STALE_STEPS = 36;

/** The newest value of a series when so many of its steps were known, unless it was hours old then. */
export const newestOf =
  ({ values }: DemandSeries) =>
  (asOf: number): number | undefined => {
    for (let step = asOf - 1; step >= Math.max(0, asOf - STALE_STEPS); step -= 1)
      if (values[step] !== undefined) return values[step];
    return undefined;
  };
