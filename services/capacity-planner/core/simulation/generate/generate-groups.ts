import type { GpuType, Offer } from '../../catalogue/offer.js';
import type { DemandGroup, WaitClass } from '../../demand/demand-group.js';
import type { Chance } from '../chance.js';
import { mayServe } from '../compatibility.js';
import { gpuFacts, type GpuFact } from './gpu-facts.js';
import type { WorldSize } from './world-size.js';

/** A group, and how many of its containers run in the mean. */
export type GeneratedGroup = Readonly<{ group: DemandGroup; meanContainers: number }>;

const acceptedLists: readonly (readonly [readonly GpuType[], number])[] = [
  [['T4'], 0.6],
  [['T4', 'L4'], 0.6],
  [['L4', 'A10G'], 1],
  [['A10G', 'L40S'], 0.7],
  [['L40S'], 0.5],
  [['L40S', 'A100-40'], 0.5],
  [['A100-40', 'A100-80'], 0.8],
  [['A100-80'], 0.8],
  [['A100-80', 'H100'], 0.8],
  [['H100'], 1],
  [['H100', 'H200'], 1.2],
  [['H200', 'B200'], 0.5],
  [['B200'], 0.3],
];

/** Shares of all GPUs that are wanted. */
const shares = { spotTolerant: 0.62, vendorPinned: 0.1, geoPinned: 0.38, highPriority: 0.1 } as const;
const waitClasses: readonly (readonly [WaitClass, number])[] = [
  ['interactive', 0.4],
  ['batch', 0.4],
  ['background', 0.2],
];
const SHARE_WITH_DATA = 0.25;
const sizesOfDear = [
  [1, 0.5],
  [2, 0.17],
  [4, 0.13],
  [8, 0.2],
] as const;
const sizesOfCheap = [
  [1, 0.85],
  [2, 0.1],
  [4, 0.05],
] as const;

/** What is accepted of other GPUs than those of generated catalogues: each alone, or with the next dearer one in its place. */
const listsOf = (facts: readonly GpuFact[]): typeof acceptedLists =>
  facts.flatMap(({ gpuType }, index) => {
    const dearer = facts[index + 1];
    return [
      [[gpuType], 1] as const,
      ...(dearer === undefined ? [] : [[[gpuType, dearer.gpuType], 0.7] as const]),
    ];
  });

/** Who wants capacity, of offers that exist; `known` are the GPUs of a catalogue that was not generated. */
export const generateGroups = (
  size: WorldSize,
  chance: Chance,
  offers: readonly Offer[],
  known?: readonly GpuFact[],
): readonly GeneratedGroup[] => {
  const luck = chance.of('groups');
  const sold = new Set(offers.map(({ shape }) => shape.gpuType));
  const lists = (known ? listsOf(known) : acceptedLists)
    .map(([types, weight]) => [types.filter((type) => sold.has(type)), weight] as const)
    .filter(([types]) => types.length > 0);
  const masses = Array.from({ length: size.groups }, () => Math.exp(0.9 * luck.normal()));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const gpus = masses.map((mass) => (mass / total) * size.gpus);
  const tolerant = drawShare(gpus, shares.spotTolerant, luck);
  const vendorPinned = drawShare(gpus, shares.vendorPinned, luck);
  const geoPinned = drawShare(gpus, shares.geoPinned, luck);
  const high = drawShare(gpus, shares.highPriority, luck);
  return gpus.map((mean, index) => {
    const gpuTypes = luck.weighted(lists);
    const facts = (known ?? gpuFacts).filter(({ gpuType }) => gpuTypes.includes(gpuType));
    const ofTypes = offers.filter(({ shape }) => gpuTypes.includes(shape.gpuType));
    const largest = Math.max(...ofTypes.map(({ shape }) => shape.gpuCount));
    const sizes = facts[0]!.usdPerHour < 1.3 ? sizesOfCheap : sizesOfDear;
    // A group is not one container that comes and goes.
    const gpusPerContainer = luck.weighted(
      sizes.filter(([k]) => k <= largest && (k === 1 || k * 1.5 <= mean)),
    );
    const fill = luck.pick([0.3, 0.6, 0.9]);
    const waitClass = luck.weighted(waitClasses);
    const home = luck.pick(ofTypes);
    const pinned = luck.pick(
      ofTypes.filter(({ purchase, shape }) => purchase === 'on-demand' && shape.gpuCount >= gpusPerContainer),
    );
    const group: DemandGroup = {
      groupId: `group-${String(index + 1).padStart(2, '0')}`,
      gpuTypes,
      gpusPerContainer,
      vcpusPerContainer:
        Math.max(1, Math.floor(fill * Math.min(...facts.map(({ vcpus }) => vcpus)))) * gpusPerContainer,
      memoryMiBPerContainer:
        Math.floor(fill * Math.min(...facts.map(({ hostGiB }) => hostGiB))) * 1024 * gpusPerContainer,
      pins: {
        vendors: vendorPinned[index] ? [pinned.vendor] : [],
        regions: [],
        geos: geoPinned[index] ? [pinned.geo] : [],
      },
      spot: tolerant[index] ? 'tolerated' : 'refused',
      waitClass,
      priority: high[index] ? 'high' : 'standard',
      movement: waitClass === 'batch' ? 'free' : 'sticky',
      floorContainers: 0,
      ...(luck.happens(SHARE_WITH_DATA) && {
        data: {
          vendor: home.vendor,
          region: home.region,
          gibPerContainerHour: Math.round(luck.between(2, 20)) / 10,
        },
      }),
    };
    if (!offers.some((offer) => offer.purchase === 'on-demand' && mayServe(group, offer)))
      throw new Error(`nobody could serve ${group.groupId}`);
    return { group, meanContainers: mean / gpusPerContainer };
  });
};

/** Marks groups by chance until they have the share of all GPUs. */
const drawShare = (gpus: readonly number[], share: number, luck: Chance): readonly boolean[] => {
  const order = gpus.map((_, index) => ({ index, rank: luck.unit() })).toSorted((a, b) => a.rank - b.rank);
  const marked = gpus.map(() => false);
  let left = share * gpus.reduce((sum, mean) => sum + mean, 0);
  for (const { index } of order) {
    if (gpus[index]! > 2 * left) continue;
    marked[index] = true;
    left -= gpus[index]!;
  }
  return marked;
};
