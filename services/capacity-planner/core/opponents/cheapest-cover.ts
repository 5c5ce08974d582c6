import type { Offer } from '../catalogue/offer.js';
import { Bin } from './bin.js';
import type { Scene } from './scene.js';

/** Something that could be held: a node that runs, or any number of new ones of an offer. */
export type Candidate = Readonly<{
  offer: number;
  /** Micro-USD for the next hour. */
  cost: number;
  /** A node that runs; without one, a new node, as often as wanted. */
  running?: Bin;
}>;

type Ranked = Readonly<{ candidate: Candidate; costPerUse: number }>;

/**
 * The greedy of weighted set cover: always the candidate that is cheapest for what it would serve, until all is served or nothing
 * serves what is left. What a candidate would serve only shrinks, so a rank that is still the lowest after a second look is right.
 */
export const cheapestCover = (
  scene: Scene,
  offers: readonly Offer[],
  candidates: readonly Candidate[],
  pending: number[],
): readonly Bin[] => {
  const queue: Ranked[] = [];
  const push = (candidate: Candidate): void => {
    const used = scene.used(candidate.offer, offers[candidate.offer]!, pending);
    if (used === 0) return;
    const costPerUse = candidate.cost / used;
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (queue[middle]!.costPerUse > costPerUse) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, { candidate, costPerUse });
  };
  for (const candidate of withoutDearer(scene, candidates)) push(candidate);
  const chosen: Bin[] = [];
  while (queue.length > 0) {
    const { candidate, costPerUse } = queue.pop()!;
    const used = scene.used(candidate.offer, offers[candidate.offer]!, pending);
    if (used === 0) continue;
    if (candidate.cost / used > costPerUse + 1e-9) {
      push(candidate);
      continue;
    }
    const bin = candidate.running ?? new Bin(candidate.offer, offers[candidate.offer]!);
    scene.fill(bin, pending);
    chosen.push(bin);
    if (candidate.running === undefined) push(candidate);
  }
  return chosen;
};

/** Of new nodes that could serve the same, only the cheapest is ever chosen. */
const withoutDearer = ({ kinds }: Scene, candidates: readonly Candidate[]): readonly Candidate[] => {
  const cheapest = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = cheapest.get(kinds[candidate.offer]!);
    if (candidate.running === undefined && (known === undefined || candidate.cost < known.cost))
      cheapest.set(kinds[candidate.offer]!, candidate);
  }
  return candidates.filter(
    (candidate) => candidate.running !== undefined || cheapest.get(kinds[candidate.offer]!) === candidate,
  );
};
