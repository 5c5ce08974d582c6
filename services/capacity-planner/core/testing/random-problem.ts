import { seededRandom } from '@slipway/kernel';
import type { Commitment, Offer, OfferId, Quota } from '../catalogue/offer.js';
import type { DemandGroup, Forecast, GroupId } from '../demand/demand-group.js';
import { isPinned } from '../demand/is-pinned.js';
import type { Fleet } from '../fleet/fleet.js';
import type { PlanningProblem } from '../planning-problem.js';
import { defaultPolicy, type PlanningPolicy } from '../policy.js';
import { drawing, type Drawing } from './drawing.js';
import { manyCommitments } from './many-commitments.js';

const AT = 1_767_225_600_000;
const MINUTE_MS = 60_000;
const GEOS = ['us', 'eu', 'ap'];
const GPUS = [
  { gpuType: 'L4', dollars: 0.8, memoryGiB: 24 },
  { gpuType: 'A100-80', dollars: 2.2, memoryGiB: 80 },
  { gpuType: 'H100', dollars: 4, memoryGiB: 80 },
  { gpuType: 'H200', dollars: 5, memoryGiB: 141 },
] as const;

export type ProblemSize = Readonly<{
  vendors: number;
  offers: number;
  groups: number;
  periodsMs: readonly number[];
  /** GPUs in demand, about. */
  gpus: number;
  /** Where the data of groups are: at one vendor, as on a real site, or (if left out) at any. */
  home?: 'one-vendor';
  /** Commitments within one another, over a vendor's bill, and of terms that end; left out: one at most. */
  commitments?: 'many';
}>;

/** A problem of this size with prices, caps and demand as they occur: caps bind, some groups are pinned, some nodes are held. */
export const randomProblem = (
  seed: number,
  size: ProblemSize,
  policy: Partial<PlanningPolicy> = {},
): PlanningProblem => {
  const draw = drawing(seededRandom(seed));
  // What was added later has chances of its own: figures of benchmarks are of the same prices and demand as before.
  const later = drawing(seededRandom(seed + 1_000_000));
  const running = drawing(seededRandom(seed + 2_000_000));
  const offers = randomOffers(draw, size);
  const groups = randomGroups(draw, size);
  const forecast = randomForecast(draw, later, groups, size);
  return {
    at: AT,
    offers,
    quotas: randomQuotas(draw, offers, size),
    commitments: commitmentsOf(seed, randomCommitments(draw, offers), offers, size),
    groups,
    forecast,
    fleet: withRunning(running, randomFleet(draw, later, offers, size), offers, groups),
    policy: { ...defaultPolicy, horizon: { periodsMs: size.periodsMs }, ...policy },
  };
};

const randomOffers = (draw: Drawing, { vendors, offers, gpus }: ProblemSize): Offer[] => {
  const quality = Array.from({ length: vendors }, () => draw.between(0.8, 1.6));
  // A vendor builds one node for each GPU, and takes about as long for all of them.
  const shapes = Array.from({ length: vendors }, () => ({
    vcpus: draw.one([8, 16, 24]),
    memoryMiB: draw.one([65_536, 131_072, 196_608]),
    leadMs: draw.one([2, 4, 8]) * MINUTE_MS,
    minimumSeconds: draw.chance(0.2) ? 3600 : 60,
  }));
  const made = new Map<string, Offer>();
  for (let index = 0; made.size < offers && index < offers * 20; index++) {
    const vendor = draw.whole(0, vendors - 1);
    const geo = draw.one(GEOS);
    const region = `${geo}-${draw.whole(1, Math.max(1, Math.round(offers / vendors / 12)))}`;
    const zone = `${region}${draw.one(['a', 'b', 'c'])}`;
    const gpu = draw.one(GPUS);
    const gpuCount = draw.one([1, 2, 4, 8, 8]);
    const purchase = draw.chance(0.4) ? ('spot' as const) : ('on-demand' as const);
    const vendorName = `vendor-${vendor}`;
    const instanceType = `${gpu.gpuType}x${gpuCount}`.toLowerCase();
    const offerId = `${vendorName}/${region}/${zone}/${instanceType}/${purchase}` as OfferId;
    const perGpu =
      gpu.dollars *
      quality[vendor]! *
      draw.between(0.9, 1.15) *
      (purchase === 'spot' ? draw.between(0.25, 0.6) : 1);
    made.set(offerId, {
      offerId,
      vendor: vendorName,
      region: `${vendorName}-${region}`,
      zone,
      geo,
      instanceType,
      purchase,
      shape: {
        gpuType: gpu.gpuType,
        gpuCount,
        gpuMemoryGiB: gpu.memoryGiB,
        vcpus: gpuCount * shapes[vendor]!.vcpus,
        memoryMiB: gpuCount * shapes[vendor]!.memoryMiB,
        localDiskGiB: 1000,
        networkGbps: 100,
      },
      billing: {
        priceMicroUsdPerNodeHour: Math.round(perGpu * gpuCount * 1e6),
        incrementSeconds: 1,
        minimumSeconds: shapes[vendor]!.minimumSeconds,
      },
      behaviour: {
        leadMs: shapes[vendor]!.leadMs,
        startSuccess: draw.between(0.9, 1),
        preemptionsPerNodeHour: purchase === 'spot' ? draw.between(0.01, 0.15) : 0,
        performance: draw.between(0.85, 1.05),
        health: draw.between(0.97, 1),
        availableNodes: Math.round(draw.between(0, (6 * gpus) / Math.min(offers, 60) / gpuCount + 2)),
      },
      pricedAt: AT,
      source: 'random',
    });
  }
  return [...made.values()];
};

const randomGroups = (draw: Drawing, { vendors, groups, home }: ProblemSize): DemandGroup[] =>
  Array.from({ length: groups }, (_, index) => {
    const favoured = draw.whole(0, GPUS.length - 1);
    const gpusPerContainer = draw.one([1, 1, 1, 2, 4, 8]);
    return {
      groupId: `group-${String(index).padStart(3, '0')}` as GroupId,
      gpuTypes: GPUS.slice(favoured, draw.chance(0.4) ? favoured + 2 : favoured + 1).map(
        ({ gpuType }) => gpuType,
      ),
      gpusPerContainer,
      vcpusPerContainer: gpusPerContainer * draw.one([2, 4, 8, 12]),
      memoryMiBPerContainer: gpusPerContainer * draw.one([16_384, 32_768, 98_304]),
      pins: {
        vendors: draw.chance(0.1) ? [`vendor-${draw.whole(0, vendors - 1)}`] : [],
        regions: [],
        geos: draw.chance(0.35) ? [draw.one(GEOS)] : [],
      },
      spot: draw.chance(0.62) ? 'tolerated' : 'refused',
      waitClass: draw.one(['interactive', 'batch', 'background'] as const),
      priority: draw.chance(0.2) ? 'high' : 'standard',
      movement: draw.chance(0.3) ? 'sticky' : 'free',
      ...(draw.chance(0.3) && {
        data: {
          vendor: `vendor-${home === 'one-vendor' ? 0 : draw.whole(0, vendors - 1)}`,
          region: '',
          gibPerContainerHour: draw.whole(1, 4),
        },
      }),
      floorContainers: draw.chance(0.15) ? draw.whole(1, 2) : 0,
    };
  });

const randomForecast = (
  draw: Drawing,
  later: Drawing,
  groups: readonly DemandGroup[],
  { periodsMs, gpus }: ProblemSize,
): Forecast => ({
  madeAt: AT,
  groups: groups.map(({ groupId, gpusPerContainer }) => {
    const level = (draw.between(0, 2) * gpus) / groups.length / gpusPerContainer;
    const phase = draw.between(0, 6);
    return {
      groupId,
      periods: periodsMs.map((_, period) => {
        const expected = Math.max(
          0,
          level * (1 + 0.3 * Math.sin(phase + period / 3)) + draw.between(-0.3, 0.3),
        );
        return { expectedContainers: period === 0 ? Math.round(expected) : expected, quantiles: [] };
      }),
    };
  }),
  pooledErrors: GPUS.flatMap(({ gpuType }) => {
    const favouring = groups.filter(({ gpuTypes }) => gpuTypes[0] === gpuType);
    const pools = favouring.length > 1 && later.chance(0.5) ? poolsOf(favouring) : [favouring];
    const spread = (draw.between(0.02, 0.15) * gpus) / GPUS.length;
    return pools.map((pool) => ({
      gpuType,
      ...(pools.length > 1 && { groupIds: pool.map(({ groupId }) => groupId) }),
      quantiles: quantilesOf(spread / pools.length),
    }));
  }),
});

/** Those who are pinned, and of the others those who refuse spot nodes, and all. */
const poolsOf = (groups: readonly DemandGroup[]): readonly (readonly DemandGroup[])[] => {
  const pinned = groups.filter(isPinned);
  const others = groups.filter((group) => !isPinned(group));
  const firm = others.filter(({ spot }) => spot === 'refused');
  return [pinned, ...(firm.length < others.length ? [firm] : []), others].filter(({ length }) => length > 0);
};

const quantilesOf = (spread: number): Forecast['pooledErrors'][number]['quantiles'] => [
  { level: 0.5, gpus: 0 },
  { level: 0.8, gpus: Math.round(spread) },
  { level: 0.95, gpus: Math.round(2 * spread) },
  { level: 0.99, gpus: Math.round(3.5 * spread) },
];

const randomQuotas = (draw: Drawing, offers: readonly Offer[], { gpus }: ProblemSize): Quota[] => {
  const scopes = new Map<string, Quota>();
  for (const { vendor, region, shape } of offers) {
    if (!draw.chance(0.1)) continue;
    const quotaId = `${region}/${shape.gpuType}`;
    const limit = Math.round(draw.between(0, gpus / 4));
    scopes.set(quotaId, { quotaId, scope: { vendor, region, gpuType: shape.gpuType }, limit });
  }
  return [...scopes.values()];
};

const randomCommitments = (draw: Drawing, offers: readonly Offer[]): Commitment[] => {
  if (!draw.chance(0.3)) return [];
  const offer = draw.one(offers);
  return [
    {
      commitmentId: `owned-${offer.offerId}`,
      kind: 'nodes',
      offerIds: [offer.offerId],
      nodes: draw.whole(1, 3),
      priceMicroUsdPerHour: Math.round(offer.billing.priceMicroUsdPerNodeHour * 0.6),
      startsAt: AT - MINUTE_MS,
      endsAt: AT + 1e10,
    },
  ];
};

const commitmentsOf = (
  seed: number,
  one: readonly Commitment[],
  offers: readonly Offer[],
  { commitments }: ProblemSize,
): readonly Commitment[] =>
  commitments === 'many' ? manyCommitments(drawing(seededRandom(seed + 3_000_000)), offers, AT) : one;

const randomFleet = (
  draw: Drawing,
  later: Drawing,
  offers: readonly Offer[],
  { gpus }: ProblemSize,
): Fleet => {
  const holdings = draw.some(offers, 0.25).map(({ offerId, behaviour, shape }) => {
    const nodes = Math.min(
      behaviour.availableNodes ?? 1,
      draw.whole(0, Math.ceil((4 * gpus) / offers.length / shape.gpuCount)),
    );
    return {
      offerId,
      nodes,
      startingNodes: later.chance(0.3) ? later.whole(0, nodes) : 0,
      drainingNodes: 0,
      paidUntil: draw.chance(0.2) ? [{ at: AT + 40 * MINUTE_MS, nodes: Math.min(1, nodes) }] : [],
    };
  });
  return { seenAt: AT, holdings, running: [] };
};

/** Containers of groups that stay where they are, on half of the nodes that have joined at most. */
const withRunning = (
  draw: Drawing,
  fleet: Fleet,
  offers: readonly Offer[],
  groups: readonly DemandGroup[],
): Fleet => {
  const offerOf = new Map(offers.map((offer) => [offer.offerId, offer]));
  const mayStand = (
    { gpuTypes, pins, spot, ...container }: DemandGroup,
    { shape, vendor, region, geo, purchase }: Offer,
  ) =>
    gpuTypes.includes(shape.gpuType) &&
    container.gpusPerContainer <= shape.gpuCount &&
    container.vcpusPerContainer <= shape.vcpus &&
    container.memoryMiBPerContainer <= shape.memoryMiB &&
    (pins.vendors.length === 0 || pins.vendors.includes(vendor)) &&
    (pins.regions.length === 0 || pins.regions.includes(region)) &&
    (pins.geos.length === 0 || pins.geos.includes(geo)) &&
    (spot !== 'refused' || purchase !== 'spot');
  return {
    ...fleet,
    running: fleet.holdings.flatMap(({ offerId, nodes, startingNodes }) => {
      const offer = offerOf.get(offerId)!;
      const staying = groups.filter((group) => group.movement === 'sticky' && mayStand(group, offer));
      if (staying.length === 0) return [];
      const { groupId, gpusPerContainer } = draw.one(staying);
      const most = Math.floor(
        ((nodes - startingNodes) * offer.shape.gpuCount) / 2 / Math.max(1, gpusPerContainer),
      );
      return most === 0 ? [] : [{ groupId, offerId, containers: draw.whole(1, most) }];
    }),
  };
};
