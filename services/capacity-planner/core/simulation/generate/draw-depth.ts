import type { Offer } from '../../catalogue/offer.js';
import type { Chance } from '../chance.js';
import { mayServe } from '../compatibility.js';
import type { DemandGroup } from '../../demand/demand-group.js';

/**
 * What could be held of a GPU type, by how it is bought, beside the peak of what wants it (half of a group for each of two types
 * that it accepts).
 */
const supplyBesidePeak = { 'on-demand': 1.4, spot: 1, queued: 0, block: 0, committed: 0 } as const;
/** What a group may get on demand beside its own peak, whatever luck says. */
const ON_DEMAND_BESIDE_OWN_PEAK = 1.5;
const SPREAD = 1;

/** A group, and how many of its containers are wanted step by step. */
export type Wanted = Readonly<{ group: DemandGroup; containers: readonly number[] }>;

/**
 * How many nodes of each offer could be held: scarce on purpose, so that the cheapest offer never serves everybody, and some offers
 * of the catalogue cannot be had at all.
 */
export const drawDepth = (
  offers: readonly Offer[],
  wanted: readonly Wanted[],
  chance: Chance,
): readonly number[] => {
  const luck = chance.of('depth');
  const weights = offers.map(() => Math.exp(SPREAD * luck.normal()));
  const markets = Map.groupBy(
    offers.map((offer, index) => ({ offer, index })),
    ({ offer }) => `${offer.shape.gpuType} ${offer.purchase}`,
  );
  const nodes = offers.map(() => 0);
  for (const market of markets.values()) {
    const { shape, purchase } = market[0]!.offer;
    const total = market.reduce((sum, { index }) => sum + weights[index]!, 0);
    const supply = supplyBesidePeak[purchase] * peakOf(shape.gpuType, wanted);
    for (const { offer, index } of market)
      nodes[index] = Math.floor((supply * weights[index]!) / total / offer.shape.gpuCount + luck.unit());
  }
  for (const group of wanted) raiseFor(group, offers, weights, nodes);
  return nodes;
};

const peakOf = (gpuType: string, wanted: readonly Wanted[]): number => {
  const sums = wanted[0]!.containers.map(() => 0);
  for (const { group, containers } of wanted)
    if (group.gpuTypes.includes(gpuType))
      for (const [step, count] of containers.entries())
        sums[step]! += (count * group.gpusPerContainer) / group.gpuTypes.length;
  return Math.max(...sums);
};

/** Deepens the deepest on-demand offer of a group that could not be served on demand. */
const raiseFor = (
  { group, containers }: Wanted,
  offers: readonly Offer[],
  weights: readonly number[],
  nodes: number[],
): void => {
  const firm = offers
    .map((offer, index) => ({ offer, index }))
    .filter(({ offer }) => offer.purchase === 'on-demand' && mayServe(group, offer));
  const had = firm.reduce((sum, { offer, index }) => sum + nodes[index]! * offer.shape.gpuCount, 0);
  const missing = Math.max(...containers) * group.gpusPerContainer * ON_DEMAND_BESIDE_OWN_PEAK - had;
  const deepest = firm.toSorted((a, b) => weights[b.index]! - weights[a.index]!)[0];
  if (missing > 0 && deepest) nodes[deepest.index]! += Math.ceil(missing / deepest.offer.shape.gpuCount);
};
