/**
 * Money is summed as fractions of a micro-dollar and rounded once for each line, so that any other reckoning that adds in another
 * order agrees to the micro-dollar.
 */
export type ExactMoney = bigint;

const HOUR_MS = 3_600_000n;
/** Prices per hour meet thousandths of a count and milliseconds. */
const PER_MICRO_USD = 1000n * HOUR_MS;

/** A count exact to a thousandth, in thousandths. */
export const thousandths = (value: number): number => Math.round(value * 1000);

/** Price per hour × count × time. */
export const hourly = (microUsdPerHour: number, countThousandths: number, lengthMs: number): ExactMoney =>
  countThousandths === 0 ? 0n : BigInt(microUsdPerHour) * BigInt(countThousandths) * BigInt(lengthMs);

/** Price × count. */
export const each = (microUsd: number, countThousandths: number): ExactMoney =>
  countThousandths === 0 ? 0n : BigInt(microUsd) * BigInt(countThousandths) * HOUR_MS;

/** Price per hour × a time in whole milliseconds. */
export const waited = (microUsdPerHour: number, ms: number): ExactMoney =>
  BigInt(microUsdPerHour) * BigInt(ms) * 1000n;

export const sumMoney = <T>(items: readonly T[], of: (item: T, index: number) => ExactMoney): ExactMoney =>
  items.reduce((sum, item, index) => sum + of(item, index), 0n);

/** Rounded half away from zero to a whole micro-dollar. */
export const toMicroUsd = (amount: ExactMoney): number => {
  const half = PER_MICRO_USD / 2n;
  return Number((amount + (amount < 0n ? -half : half)) / PER_MICRO_USD);
};
