/** The nearest-rank percentile (`share` from 0 to 1) of a list that is not empty. */
export const percentile = (samples: readonly number[], share: number): number => {
  if (samples.length === 0) throw new Error('no samples were taken');
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
};

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
