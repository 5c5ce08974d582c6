import type { Instant } from '@slipway/kernel';

/** The value of a metric in the buckets in which there is one. */
export type Series = ReadonlyMap<string, ReadonlyMap<Instant, number>>;

/** One bucket: a count in each column, or three percentiles. */
export type SeriesRow = Readonly<
  { starts_at: string } & Record<string, string | readonly (number | null)[] | null>
>;

/** Rows of buckets as time series, named by their columns. */
export const foldSeries = (rows: readonly SeriesRow[]): Series => {
  const series = new Map<string, Map<Instant, number>>();
  const put = (name: string, at: Instant, value: number): void => {
    const points = series.get(name) ?? new Map<Instant, number>();
    series.set(name, points.set(at, value));
  };
  for (const { starts_at, ...columns } of rows)
    for (const [name, value] of Object.entries(columns)) {
      if (value === null) continue;
      if (typeof value === 'string') put(name, Number(starts_at), Number(value));
      else
        ['p50', 'p90', 'p99'].forEach((percentile, place) => {
          const measured = value[place];
          if (measured != null) put(`${name}_${percentile}`, Number(starts_at), measured);
        });
    }
  return series;
};
