/** The levels that forecasts are told at. */
export const QUANTILE_LEVELS = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

/** The value that a share `level` of the sorted sample stays at or below; between two neighbours in a straight line. Throws on an empty sample. */
export const quantileOf = (sorted: readonly number[], level: number): number => {
  if (sorted.length === 0) throw new Error('an empty sample has no quantiles');
  const at = Math.min(1, Math.max(0, level)) * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  const high = sorted[Math.ceil(at)]!;
  return low + (high - low) * (at - Math.floor(at));
};

/** The loss of a forecast quantile (Koenker and Bassett): too low costs `level`, too high 1 − `level`, per unit. */
export const pinballLoss = (level: number, forecast: number, actual: number): number =>
  actual >= forecast ? level * (actual - forecast) : (1 - level) * (forecast - actual);
