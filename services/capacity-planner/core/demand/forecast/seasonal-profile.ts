import type { DemandSeries } from '../demand-series.js';

/** What is usual at a step, counted from the series' first one; undefined where no season was seen. */
export type Profile = (step: number) => number | undefined;

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** A day of the week counts by itself once it was seen so often. */
const WEEKS_BEFORE_WEEKDAYS_COUNT = 2;
/** Each day further back counts so much less. */
const DAILY_DECAY = 0.75;
/** Neighbours on either side that a slot is smoothed with. */
const SMOOTHED_OVER = 3;

/**
 * The usual course of a day as it is known from steps before `until`: for a step, the average over the same time on the days
 * before, newer days counting more, and the same days of the week alone once there are enough of them. It never looks at `until`
 * or later, so that it can be asked what it would have said at any moment of the past.
 */
export const profileOf = ({ values, stepMs }: DemandSeries): ((until: number) => Profile) => {
  const perDay = Math.round(DAY_MS / stepMs);
  const smooth = smoothed(values);
  return (until) => (step) => {
    const daysKnown = Math.floor(until / perDay);
    if (daysKnown < 1) return undefined;
    const weekly = daysKnown >= WEEKS_BEFORE_WEEKDAYS_COUNT * WEEK_DAYS;
    let sum = 0;
    let weight = 0;
    const firstDay = Math.max(1, Math.ceil((step - until + 1 + SMOOTHED_OVER) / perDay));
    for (let day = firstDay, seen = 0; seen < 2 * WEEK_DAYS; day += 1) {
      const past = step - day * perDay;
      if (past < 0) break;
      seen += 1;
      const value = smooth[past];
      if (value === undefined) continue;
      const isSameWeekday = day % WEEK_DAYS === 0;
      const share =
        DAILY_DECAY ** (weekly && isSameWeekday ? day / WEEK_DAYS : day) * (weekly && isSameWeekday ? 3 : 1);
      sum += share * value;
      weight += share;
    }
    return weight === 0 ? undefined : sum / weight;
  };
};

/** Averages over a window that skip holes; a hole between known values is filled by them. */
const smoothed = (values: DemandSeries['values']): readonly (number | undefined)[] => {
  const sums = new Float64Array(values.length + 1);
  const counts = new Int32Array(values.length + 1);
  values.forEach((value, index) => {
    sums[index + 1] = sums[index]! + (value ?? 0);
    counts[index + 1] = counts[index]! + (value === undefined ? 0 : 1);
  });
  return values.map((_, index) => {
    const from = Math.max(0, index - SMOOTHED_OVER);
    const to = Math.min(values.length, index + SMOOTHED_OVER + 1);
    const count = counts[to]! - counts[from]!;
    return count === 0 ? undefined : (sums[to]! - sums[from]!) / count;
  });
};
