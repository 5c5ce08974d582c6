/** The nearest-rank percentile (`share` from 0 to 1) of a list that is not empty. */
export const percentile = (samples: readonly number[], share: number): number => {
  if (samples.length === 0) throw new Error('no samples were taken');
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
};

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

type Percentile = readonly [name: 'p50' | 'p95' | 'p99' | 'max', share: number];

/** With fewer samples than one in so many, the percentile is the maximum by another name. */
const UPPER = [
  { name: 'p99', share: 0.99, leastSamples: 100 },
  { name: 'p95', share: 0.95, leastSamples: 20 },
] as const;

/** The median, and the highest percentile that every one of these counts of samples carries: p99, p95, or the maximum. */
export const percentilesFor = (counts: readonly number[]): readonly [Percentile, Percentile] => {
  const carried = UPPER.find(({ leastSamples }) => Math.min(...counts) >= leastSamples);
  return [['p50', 0.5], carried ? [carried.name, carried.share] : ['max', 1]];
};
