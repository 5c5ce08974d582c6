import type { Instant } from '@slipway/kernel';
import { compareRatios, ONE, type Ratio } from '../money/ratio.js';
import { cardAt, costOf, priceOf } from '../rates/price-of.js';
import type { RateBook, RateCard } from '../rates/rate-card.js';
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
    const costs = momentsOf(book, workspaceId, at).map((moment) => {
      const region = dearestRegion(cardAt(book, moment));
      const price = priceOf(book, { sku, workspaceId, preemptible: false, at: moment, region });
      if (price === undefined) return 0n;
      const { numerator, denominator } = costOf(price, baseUnits).discounted;
      return (numerator * NANO + denominator - 1n) / denominator;
    });
    return costs.reduce((a, b) => (a > b ? a : b), 0n);
  };
  const gib = (mib: number): bigint => BigInt(Math.ceil(mib)) << 20n;
  const cpu = (BigInt(Math.ceil(milliCpu)) * skuUnit('cpu').baseUnits) / 1_000n;
  const gpu = gpus
    .map(({ type, count }) => most(`gpu-${type}`, BigInt(count) * skuUnit(`gpu-${type}`).baseUnits))
    .reduce((a, b) => (a > b ? a : b), 0n);
  return most('cpu', cpu) + most('memory', gib(memoryMiB)) + most('disk', gib(diskMiB)) + gpu;
};

/** Now, and whenever something dearer may begin within a container's life: an announced card, or the end of a discount. */
const momentsOf = ({ cards, discounts }: RateBook, workspaceId: string, at: Instant): readonly Instant[] => {
  const begun = cards.map((card) => card.effectiveFrom);
  const ended = discounts
    .filter((discount) => discount.workspaceId === workspaceId)
    .map(({ effectiveTo }) => effectiveTo ?? at);
  return [at, ...[...begun, ...ended].filter((moment) => moment > at)];
};

const dearestRegion = (card: RateCard | undefined): string | undefined =>
  Object.entries(card?.regions ?? {}).reduce<readonly [string, Ratio] | undefined>(
    (found, region) => (compareRatios(region[1], found?.[1] ?? ONE) > 0 ? region : found),
    undefined,
  )?.[0];
