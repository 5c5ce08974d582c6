import type { Instant } from '@slipway/kernel';
import { compareRatios, ONE, type Ratio } from '../money/ratio.js';
import { costOf, priceOf } from '../rates/price-of.js';
import type { RateBook } from '../rates/rate-card.js';
import { skuUnit, type Sku } from '../rates/sku.js';

/** The most that a container can use while it runs. */
export type Ceiling = Readonly<{
  milliCpu: number;
  memoryMiB: number;
  diskMiB: number;
  /** Any one of these: which it gets is not known before it starts. */
  gpus: readonly Readonly<{ type: string; count: number }>[];
}>;

const NANO = 1_000n;

/**
 * The most that a second of such a container can cost, rounded up, in nano-USD: in the dearest region, left alone, with the
 * dearest of its GPUs. What leaves over the network has no ceiling and is not in it.
 */
export const mostPerSecond = (
  book: RateBook,
  workspaceId: string,
  { milliCpu, memoryMiB, diskMiB, gpus }: Ceiling,
  at: Instant,
): bigint => {
  const most = (sku: Sku, baseUnits: bigint): bigint => {
    const regions = book.cards.flatMap((card) => Object.entries(card.regions));
    const dearest = regions.reduce<readonly [string, Ratio] | undefined>(
      (found, region) => (compareRatios(region[1], found?.[1] ?? ONE) > 0 ? region : found),
      undefined,
    );
    // A card may follow within the container's life: the dearer of now and of what is announced counts.
    const moments = [at, ...book.cards.map((card) => card.effectiveFrom).filter((from) => from > at)];
    return moments
      .map((moment) => {
        const price = priceOf(book, {
          sku,
          workspaceId,
          preemptible: false,
          at: moment,
          ...(dearest === undefined ? {} : { region: dearest[0] }),
        });
        if (price === undefined) return 0n;
        const { numerator, denominator } = costOf(price, baseUnits).discounted;
        return (numerator * NANO + denominator - 1n) / denominator;
      })
      .reduce((a, b) => (a > b ? a : b), 0n);
  };
  const gib = (mib: number): bigint => BigInt(Math.ceil(mib)) << 20n;
  const cpu = (BigInt(Math.ceil(milliCpu)) * skuUnit('cpu').baseUnits) / 1_000n;
  const gpu = gpus
    .map(({ type, count }) => most(`gpu-${type}`, BigInt(count) * skuUnit(`gpu-${type}`).baseUnits))
    .reduce((a, b) => (a > b ? a : b), 0n);
  return most('cpu', cpu) + most('memory', gib(memoryMiB)) + most('disk', gib(diskMiB)) + gpu;
};
