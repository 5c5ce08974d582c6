import { refuse, type Instant, type Refusal } from '@slipway/kernel';

export type MetricBuckets = Readonly<{
  /** The first bucket begins here, the last one ends at `stopsAt`; both are multiples of the width. */
  startsAt: Instant;
  stopsAt: Instant;
  widthMs: number;
  count: number;
}>;

const MINUTE_MS = 60_000;
const WIDTHS_MINUTES = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 480, 720, 1440];
const USUAL_COUNT = 100;
const MOST_BUCKETS = 500;
const LONGEST_MS = 31 * 24 * 60 * MINUTE_MS;

/** How a range of time is cut: by the width that was asked for, else by one that makes about a hundred parts. */
export const metricBuckets = (
  range: Readonly<{ since: Instant; until: Instant }>,
  widthSeconds: number | undefined,
): MetricBuckets | Refusal => {
  const { since, until } = range;
  if (until - since > LONGEST_MS)
    return refuse('invalid', 'metrics-range', 'Metrics can be asked for at most 31 days at once.');
  const widthMs = widthSeconds === undefined ? usualWidthMs(until - since) : widthSeconds * 1000;
  if (!WIDTHS_MINUTES.includes(widthMs / MINUTE_MS))
    return refuse(
      'invalid',
      'bucket-size',
      `A bucket of ${widthMs / 1000} s is not offered; the sizes in minutes are: ${WIDTHS_MINUTES.join(', ')}.`,
    );
  const startsAt = Math.floor(since / widthMs) * widthMs;
  const stopsAt = Math.floor(until / widthMs) * widthMs;
  const count = (stopsAt - startsAt) / widthMs;
  if (count > MOST_BUCKETS)
    return refuse(
      'invalid',
      'too-many-buckets',
      `Buckets of ${widthMs / 1000} s make ${count} of that range; at most ${MOST_BUCKETS} are given: ask for wider ones.`,
    );
  return { startsAt, stopsAt, widthMs, count };
};

const usualWidthMs = (lengthMs: number): number => {
  const minutes = WIDTHS_MINUTES.find((width) => lengthMs / (width * MINUTE_MS) <= USUAL_COUNT);
  return (minutes ?? 1440) * MINUTE_MS;
};
