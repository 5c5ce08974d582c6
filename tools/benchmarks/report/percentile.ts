/** The nearest-rank percentile (`share` from 0 to 1) of a list that is not empty. */
export const percentile = (samples: readonly number[], share: number): number => {
  if (samples.length === 0) throw new Error('no samples were taken');
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
};

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** What is reported of times, by the names under which it is looked for. */
export const P50_AND_P99 = [
  ['p50', 0.5],
  ['p99', 0.99],
] as const;

const LEAST_SAMPLES = 100;

/** Says where a p99 is the maximum by another name: with fewer samples than a hundred on one side. Undefined where it is none. */
export const noteOnP99 = (counts: readonly number[]): string | undefined => {
  const fewest = Math.min(...counts);
  return fewest < LEAST_SAMPLES ? `p99 of ${fewest} samples is the greatest of them` : undefined;
};
