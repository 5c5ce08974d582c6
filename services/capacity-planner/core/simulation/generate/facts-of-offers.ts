import type { Offer } from '../../catalogue/offer.js';
import type { GpuFact } from './gpu-facts.js';

/**
 * The GPUs of a catalogue that is given: what every node has beside one at least, so that a container made to that measure fits all of
 * them. Cheap ones come first.
 */
export const factsOfOffers = (offers: readonly Offer[]): readonly GpuFact[] => {
  const onDemand = offers.filter(({ purchase, shape }) => purchase === 'on-demand' && shape.gpuCount > 0);
  return [...Map.groupBy(onDemand, ({ shape }) => shape.gpuType)]
    .map(([gpuType, of]): GpuFact => {
      const least = (value: (offer: Offer) => number): number =>
        Math.min(...of.map((offer) => value(offer) / offer.shape.gpuCount));
      return {
        gpuType,
        usdPerHour: least(({ billing }) => billing.priceMicroUsdPerNodeHour) / 1_000_000,
        memoryGiB: of[0]!.shape.gpuMemoryGiB,
        vcpus: Math.floor(least(({ shape }) => shape.vcpus)),
        hostGiB: Math.floor(least(({ shape }) => shape.memoryMiB / 1024)),
        shapes: [...new Set(of.map(({ shape }) => shape.gpuCount))].map((count) => [count, 1] as const),
        soldBy: 'all',
      };
    })
    .toSorted((a, b) => a.usdPerHour - b.usdPerHour || (a.gpuType < b.gpuType ? -1 : 1));
};
