import type { Period } from '../simulation/period.js';
import type { CapacityPolicy, Observation, Wish } from '../simulation/policy-port.js';
import { Bin } from './bin.js';
import { cheapestCover, type Candidate } from './cheapest-cover.js';
import { RefusalMemory } from './refusal-memory.js';
import { Scene } from './scene.js';

const REMEMBERS_MS = 3_600_000;
/** Steps with the most demand, beside each group's own highest, that the fleet must be enough for. */
const BUSIEST_STEPS = 24;

/**
 * A fleet bought once, on demand, for the highest demand of the very period that it is judged in (it is told, to its advantage), and
 * kept: from all vendors alike, or from the one that sells most as far as it can serve. What is lost, or lacks, is bought and kept.
 */
export const staticOnDemand = (period: Period, vendors: 'best' | 'one'): CapacityPolicy => {
  const memory = new RefusalMemory(REMEMBERS_MS);
  let scene: Scene | undefined;
  const peaks = peakDemand(period);
  return {
    name: vendors === 'best' ? 'static-on-demand' : 'static-one-vendor',
    decide: (seen: Observation): Wish => {
      scene ??= new Scene(seen);
      memory.learn(seen);
      const tiers = candidateTiers(seen, memory, vendors);
      const held = seen.nodes.map(({ offerId }) => scene!.offerOf({ offerId }));
      const added = seen.step === 0 ? addUntilEnough(scene, seen, held, peaks, tiers) : [];
      const bins = [
        ...seen.nodes.map((node) => scene!.binOf(node, seen.offers)),
        ...added.map((offer) => new Bin(offer, seen.offers[offer]!)),
      ];
      const pending = scene.pending(seen);
      scene.packInto(bins, pending);
      for (const tier of tiers) bins.push(...cheapestCover(scene, seen.offers, tier, pending));
      return scene.wish(seen, bins, []);
    },
  };
};

const peakDemand = ({ groups, demand, pastSteps }: Period): readonly (readonly number[])[] => {
  const history = demand.map((counts) => counts.slice(pastSteps));
  const steps = history[0]!.map((_, step) => step);
  const total = (step: number) =>
    groups.reduce((sum, { gpusPerContainer }, group) => sum + history[group]![step]! * gpusPerContainer, 0);
  const busiest = steps.toSorted((a, b) => total(b) - total(a)).slice(0, BUSIEST_STEPS);
  const ownPeaks = history.map((counts) => counts.indexOf(Math.max(...counts)));
  return [...new Set([...busiest, ...ownPeaks])].map((step) => history.map((counts) => counts[step]!));
};

/** What may be bought, the preferred vendor before all others where there is one. */
const candidateTiers = (
  { offers, at }: Observation,
  memory: RefusalMemory,
  vendors: 'best' | 'one',
): readonly (readonly Candidate[])[] => {
  const open = offers
    .map(({ offerId, purchase, vendor, billing }, offer) => ({
      offerId,
      purchase,
      vendor,
      offer,
      cost: billing.priceMicroUsdPerNodeHour,
    }))
    .filter(({ offerId, purchase }) => purchase === 'on-demand' && !memory.isClosed(offerId, at));
  if (vendors === 'best') return [open];
  const rows = (vendor: string) => offers.filter((offer) => offer.vendor === vendor).length;
  const largest = offers.toSorted((a, b) => rows(b.vendor) - rows(a.vendor))[0]!.vendor;
  return [open.filter(({ vendor }) => vendor === largest), open];
};

const addUntilEnough = (
  scene: Scene,
  { offers }: Observation,
  held: readonly number[],
  peaks: readonly (readonly number[])[],
  tiers: readonly (readonly Candidate[])[],
): readonly number[] => {
  const added: number[] = [];
  for (const peak of peaks) {
    const pending = [...peak];
    scene.packInto(
      [...held, ...added].map((offer) => new Bin(offer, offers[offer]!)),
      pending,
    );
    for (const tier of tiers)
      added.push(...cheapestCover(scene, offers, tier, pending).map(({ offer }) => offer));
  }
  return added;
};
