import type { Instant } from '@slipway/kernel';
import type { Offer, OfferBilling, PurchaseOption } from '../../catalogue/offer.js';
import type { Chance } from '../chance.js';
import { gpuFacts, type GpuFact } from './gpu-facts.js';
import { vendorKinds, type VendorKind } from './vendor-kinds.js';
import type { WorldSize } from './world-size.js';

const geos = [
  { geo: 'us', factor: [1, 1.05] },
  { geo: 'eu', factor: [1.02, 1.14] },
  { geo: 'ap', factor: [1.08, 1.25] },
] as const;

const MICRO = 1_000_000;
/** Above this share of the on-demand price nobody sells spot. */
const HIGHEST_SPOT_SHARE = 0.9;

/** A catalogue of vendors that do not exist, at prices that could: the same seed, the same offers. */
export const generateCatalogue = (size: WorldSize, chance: Chance, pricedAt: Instant): readonly Offer[] => {
  const luck = chance.of('catalogue');
  // Dear and cheap GPUs alike in a small world.
  const sold = gpuFacts.filter((_, index) => size.gpuTypes >= gpuFacts.length || index % 2 === 0);
  const kinds: readonly (readonly [VendorKind, number, number])[] = [
    [vendorKinds.hyperscaler, size.hyperscalers, size.regionsOfHyperscaler],
    [vendorKinds.specialist, size.specialists, size.regionsOfOthers],
    [vendorKinds.marketplace, size.marketplaces, size.regionsOfOthers],
  ];
  return kinds.flatMap(([kind, count, regions]) =>
    Array.from({ length: count }, (_, number) => {
      const vendor = `${kind.name}-${number + 1}`;
      return offersOfVendor(kind, vendor, regions, sold, luck.of(vendor), pricedAt);
    }).flat(),
  );
};

const offersOfVendor = (
  kind: VendorKind,
  vendor: string,
  regions: number,
  sold: readonly GpuFact[],
  luck: Chance,
  pricedAt: Instant,
): readonly Offer[] => {
  const minimumSeconds = luck.weighted(kind.minimumSeconds);
  const models = sold
    .filter(({ soldBy }) => soldBy === 'all' || kind.name === 'hyperscaler')
    .map((gpu) => ({ gpu, factor: luck.between(...kind.priceFactor), shapes: shapesOf(gpu, luck) }));
  return Array.from({ length: regions }, (_, index) => {
    const { geo, factor } = geos[index % geos.length]!;
    const region = `${geo}-${Math.floor(index / geos.length) + 1}`;
    const regional = luck.between(factor[0], factor[1]);
    return models
      .filter(() => luck.happens(kind.coverage))
      .flatMap(({ gpu, factor: dear, shapes }) => {
        const spotRatio =
          kind.spot &&
          Math.min(HIGHEST_SPOT_SHARE, kind.spot.ratio * Math.exp(kind.spot.spread * luck.normal()));
        return shapes.flatMap((gpuCount) => {
          // A single GPU of a large board is a little dearer than an eighth of it.
          const perGpu = gpu.usdPerHour * dear * regional * (gpuCount === 8 ? 1 : luck.between(1, 1.08));
          const place = { vendor, region, zone: `${region}-a`, geo };
          const billing = { incrementSeconds: kind.incrementSeconds, minimumSeconds };
          const make = (purchase: PurchaseOption, usd: number) =>
            offer(
              kind,
              gpu,
              gpuCount,
              place,
              purchase,
              { ...billing, priceMicroUsdPerNodeHour: Math.round(usd * MICRO) },
              luck,
              pricedAt,
            );
          const onDemand = make('on-demand', perGpu * gpuCount);
          return spotRatio === undefined
            ? [onDemand]
            : [onDemand, make('spot', perGpu * gpuCount * spotRatio)];
        });
      });
  }).flat();
};

const shapesOf = ({ shapes }: GpuFact, luck: Chance): readonly number[] => {
  const offered = shapes.filter(([, share]) => luck.happens(share)).map(([count]) => count);
  return offered.length > 0 ? offered : [shapes.at(-1)![0]];
};

const offer = (
  kind: VendorKind,
  gpu: GpuFact,
  gpuCount: number,
  place: Pick<Offer, 'vendor' | 'region' | 'zone' | 'geo'>,
  purchase: PurchaseOption,
  billing: OfferBilling,
  luck: Chance,
  pricedAt: Instant,
): Offer => {
  const instanceType = `${gpu.gpuType.toLowerCase()}-${gpuCount}x`;
  return {
    offerId: `${place.vendor}/${place.region}/${place.zone}/${instanceType}/${purchase}`,
    ...place,
    instanceType,
    purchase,
    shape: {
      gpuType: gpu.gpuType,
      gpuCount,
      gpuMemoryGiB: gpu.memoryGiB,
      vcpus: gpu.vcpus * gpuCount,
      memoryMiB: gpu.hostGiB * gpuCount * 1024,
      localDiskGiB: 500 * gpuCount,
      networkGbps: gpuCount === 8 ? 400 : 25,
    },
    billing,
    behaviour: {
      leadMs: Math.round(luck.between(...kind.leadSeconds) * (gpuCount === 8 ? 1.3 : 1)) * 1000,
      startSuccess: luck.between(...kind.startSuccess),
      preemptionsPerNodeHour:
        purchase === 'spot' && kind.spot ? luck.between(...kind.spot.takenPerNodeHour) : 0,
      performance: 1,
      health: 1,
    },
    pricedAt,
    source: 'generated',
  };
};
