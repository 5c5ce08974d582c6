import { mayServe } from '../compatibility.js';
import type { Period } from '../period.js';
import { generatePeriod } from './generate-period.js';
import { worldSizes } from './world-size.js';

const seeds = [1, 2, 3, 4, 5, 6];
const medium = seeds.slice(0, 3).map((seed) => generatePeriod({ seed, size: 'medium', steps: 24 }));
const small = seeds.map((seed) => generatePeriod({ seed, size: 'small', steps: 24 }));

const gpusOf = ({ groups, demand }: Period, group: number): number =>
  (demand[group]!.reduce((sum, count) => sum + count, 0) / demand[group]!.length) *
  groups[group]!.gpusPerContainer;
const gpus = (period: Period, counts: (group: Period['groups'][number]) => boolean = () => true): number =>
  period.groups.reduce((sum, group, index) => sum + (counts(group) ? gpusOf(period, index) : 0), 0);

describe('generated worlds', () => {
  test('are as large as they say: under 100 GPUs, and about 1,000', () => {
    for (const period of small) expect(gpus(period)).toBeLessThan(100);
    for (const period of medium) {
      expect(gpus(period)).toBeGreaterThan(800);
      expect(gpus(period)).toBeLessThan(1300);
      expect(period.groups).toHaveLength(worldSizes.medium.groups);
      expect(period.offers.length).toBeGreaterThan(500);
    }
  });

  test('tolerate spot, and are pinned, in the shares that were measured elsewhere', () => {
    for (const period of medium) {
      const share = (counts: (group: Period['groups'][number]) => boolean) =>
        gpus(period, counts) / gpus(period);
      expect(share(({ spot }) => spot === 'tolerated')).toBeCloseTo(0.62, 0.9);
      expect(share(({ pins }) => pins.geos.length > 0)).toBeCloseTo(0.38, 0.9);
      expect(share(({ pins }) => pins.vendors.length > 0)).toBeCloseTo(0.1, 0.9);
    }
  });

  test('have a seller on demand for everybody, who has more than is wanted at most', () => {
    for (const period of [...small, ...medium])
      for (const [index, group] of period.groups.entries()) {
        const peak = Math.max(...period.demand[index]!.slice(period.pastSteps)) * group.gpusPerContainer;
        const open = period.offers.reduce((sum, offer, number) => {
          const nodes = Math.max(...period.histories[number]!.openNodes);
          return offer.purchase === 'on-demand' && mayServe(group, offer)
            ? sum + nodes * offer.shape.gpuCount
            : sum;
        }, 0);
        expect(open).toBeGreaterThanOrEqual(peak);
      }
  });

  test('price spot below on-demand, always, and keep prices whole', () => {
    for (const { offers, histories } of [...small, ...medium]) {
      const price = new Map(
        offers.map(({ offerId, billing }) => [offerId, billing.priceMicroUsdPerNodeHour]),
      );
      for (const [index, { offerId, purchase }] of offers.entries()) {
        const prices = histories[index]!.priceMicroUsdPerNodeHour;
        expect(prices.every((micro) => Number.isSafeInteger(micro) && micro > 0)).toBe(true);
        if (purchase === 'spot')
          expect(Math.max(...prices)).toBeLessThan(price.get(offerId.replace(/spot$/, 'on-demand'))!);
      }
    }
  });

  test('take a catalogue of other GPUs, shapes and places, and want of it what it can serve', () => {
    for (const seed of seeds) {
      const offers = medium[0]!.offers
        .filter(({ shape }, index) => index % 9 === 0 || shape.gpuType === 'B200')
        .map((offer) => ({
          ...offer,
          shape: {
            ...offer.shape,
            gpuType: `other-${offer.shape.gpuType}`,
            vcpus: Math.ceil(offer.shape.vcpus / 2),
            memoryMiB: Math.ceil(offer.shape.memoryMiB / 2),
          },
        }));
      const { groups } = generatePeriod({ seed, size: 'small', offers, steps: 4 });
      expect(groups).toHaveLength(worldSizes.small.groups);
      for (const group of groups)
        expect(offers.some((offer) => offer.purchase === 'on-demand' && mayServe(group, offer))).toBe(true);
    }
  });

  test('follow from their seed', () => {
    expect(generatePeriod({ seed: 1, size: 'small', steps: 24 })).toEqual(small[0]);
    expect(small[1]!.offers).not.toEqual(small[0]!.offers);
  });
});
