import type { Observation } from '../simulation/policy-port.js';
import { Bin } from './bin.js';
import type { Scene } from './scene.js';

/** As many offers, the cheapest of those that fit, are named to the cloud when a node is launched. */
const OFFERS_OF_A_LAUNCH = 600;
/** How far below the deepest spot market of the launch another one may lie and still be taken for its price. */
const SCORE_TOLERANCE = 2;

/** A node in the making: what it must hold, and the offers that still fit all of it. */
type Claim = { readonly contents: Map<number, number>; fitting: readonly number[] };

/**
 * Karpenter's scheduling of pods that fit no node: first-fit decreasing into claims, each of which keeps all instance types that
 * would still hold it; then each is launched on one of them.
 */
export const karpenterClaims = (
  scene: Scene,
  seen: Observation,
  open: readonly number[],
  pending: readonly number[],
): readonly Bin[] => {
  const claims: Claim[] = [];
  for (const group of scene.order)
    for (let left = pending[group]!; left > 0; left -= 1) {
      if (claims.some((claim) => extend(scene, seen, claim, group))) continue;
      const fitting = open.filter((offer) => scene.allowed[group]![offer]);
      if (fitting.length === 0) break;
      claims.push({ contents: new Map([[group, 1]]), fitting });
    }
  return claims.map(({ contents, fitting }) => launch(scene, seen, contents, chooseOffer(seen, fitting)));
};

const extend = (scene: Scene, { offers }: Observation, claim: Claim, group: number): boolean => {
  const contents = new Map(claim.contents).set(group, (claim.contents.get(group) ?? 0) + 1);
  const sum = total(scene, contents);
  const fitting = claim.fitting.filter((offer) => {
    const { gpuCount, vcpus, memoryMiB } = offers[offer]!.shape;
    return (
      scene.allowed[group]![offer] && sum.gpus <= gpuCount && sum.vcpus <= vcpus && sum.memoryMiB <= memoryMiB
    );
  });
  if (fitting.length === 0) return false;
  claim.contents.set(group, contents.get(group)!);
  claim.fitting = fitting;
  return true;
};

const total = ({ needs }: Scene, contents: ReadonlyMap<number, number>) => {
  const sum = { gpus: 0, vcpus: 0, memoryMiB: 0 };
  for (const [group, count] of contents) {
    sum.gpus += needs[group]!.gpus * count;
    sum.vcpus += needs[group]!.vcpus * count;
    sum.memoryMiB += needs[group]!.memoryMiB * count;
  }
  return sum;
};

/** Spot where it is allowed, by price-capacity-optimised: of the deep markets the cheapest. On demand the lowest price. */
export const chooseOffer = ({ offers, spotScores }: Observation, fitting: readonly number[]): number => {
  const price = (offer: number) => offers[offer]!.billing.priceMicroUsdPerNodeHour;
  const spot = fitting
    .filter((offer) => offers[offer]!.purchase === 'spot')
    .toSorted((a, b) => price(a) - price(b))
    .slice(0, OFFERS_OF_A_LAUNCH);
  const deepest = Math.max(...spot.map((offer) => spotScores[offer]!));
  const candidates =
    spot.length > 0 ? spot.filter((offer) => spotScores[offer]! >= deepest - SCORE_TOLERANCE) : fitting;
  return candidates.reduce((best, offer) => (price(offer) < price(best) ? offer : best));
};

export const launch = (
  { needs }: Scene,
  { offers }: Observation,
  contents: ReadonlyMap<number, number>,
  offer: number,
): Bin => {
  const bin = new Bin(offer, offers[offer]!);
  for (const [group, count] of contents) bin.put(group, needs[group]!, count);
  return bin;
};
