import type { Observation } from '../simulation/policy-port.js';
import type { Bin } from './bin.js';
import { chooseOffer, launch } from './karpenter-claims.js';
import type { Scene } from './scene.js';

/** A spot node is replaced by another spot node only where at least so many offers are cheaper. */
const CHEAPER_SPOT_OFFERS = 15;
/** Nodes that one pass over many looks at. */
const MOST_CANDIDATES = 100;

export type Consolidation = Readonly<{ gone: readonly Bin[]; fresh: readonly Bin[] }>;

/**
 * Karpenter's consolidation, in its order: empty nodes go; then as many of the nodes that are cheapest to disturb as fit onto the
 * rest and at most one cheaper new node; then single nodes likewise. `budget` nodes may be disturbed in one step.
 */
export const consolidate = (
  scene: Scene,
  seen: Observation,
  bins: readonly Bin[],
  open: readonly number[],
  budget: number,
): Consolidation => {
  const empty = bins.filter(({ isEmpty }) => isEmpty);
  const gone: Bin[] = [...empty];
  const fresh: Bin[] = [];
  let rest = bins.filter(({ isEmpty }) => !isEmpty);
  const candidates = rest.filter(({ node }) => node?.state === 'ready').toSorted((a, b) => pods(a) - pods(b));
  let left = budget;

  // The longest run of candidates that can go together, by binary search.
  let [fits, tooMany] = [1, Math.min(left, candidates.length, MOST_CANDIDATES) + 1];
  let many: Removal | undefined;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    const removal = tryRemoval(scene, seen, rest, candidates.slice(0, middle), open);
    if (removal === undefined) tooMany = middle;
    else {
      removal.undo();
      [fits, many] = [middle, removal];
    }
  }
  if (many !== undefined) {
    const removal = tryRemoval(scene, seen, rest, candidates.slice(0, fits), open)!;
    gone.push(...removal.removed);
    fresh.push(...removal.fresh);
    left -= removal.removed.length;
    rest = rest.filter((bin) => !removal.removed.includes(bin));
  }
  for (const bin of candidates) {
    if (left === 0) break;
    if (gone.includes(bin)) continue;
    const removal = tryRemoval(scene, seen, rest, [bin], open);
    if (removal === undefined) continue;
    gone.push(bin);
    fresh.push(...removal.fresh);
    left -= 1;
    rest = rest.filter((other) => other !== bin);
  }
  return { gone, fresh };
};

const pods = ({ containers }: Bin): number => [...containers.values()].reduce((sum, count) => sum + count, 0);

type Removal = Readonly<{ removed: readonly Bin[]; fresh: readonly Bin[]; undo: () => void }>;

/** Puts what stands on `removed` onto the other nodes and at most one new node that is cheaper than all that goes. */
const tryRemoval = (
  scene: Scene,
  seen: Observation,
  bins: readonly Bin[],
  removed: readonly Bin[],
  open: readonly number[],
): Removal | undefined => {
  const others = bins.filter((bin) => !removed.includes(bin));
  const puts: (readonly [Bin, number, number])[] = [];
  const undo = (): void => {
    for (const [bin, group, count] of puts) bin.put(group, scene.needs[group]!, -count);
  };
  const homeless = new Map<number, number>();
  for (const { containers } of removed)
    for (const [group, count] of containers) homeless.set(group, (homeless.get(group) ?? 0) + count);
  for (const group of scene.order) {
    let count = homeless.get(group) ?? 0;
    for (const bin of others) {
      if (count === 0) break;
      if (!scene.allowed[group]![bin.offer]) continue;
      const fits = bin.room(group, scene.needs[group]!, count);
      if (fits === 0) continue;
      bin.put(group, scene.needs[group]!, fits);
      puts.push([bin, group, fits]);
      count -= fits;
    }
    if (count === 0) homeless.delete(group);
    else homeless.set(group, count);
  }
  if (homeless.size === 0) return { removed, fresh: [], undo };
  const offer = replacement(scene, seen, homeless, removed, open);
  if (offer !== undefined) return { removed, fresh: [launch(scene, seen, homeless, offer)], undo };
  undo();
  return undefined;
};

const replacement = (
  scene: Scene,
  seen: Observation,
  contents: ReadonlyMap<number, number>,
  removed: readonly Bin[],
  open: readonly number[],
): number | undefined => {
  const price = (offer: number) => seen.offers[offer]!.billing.priceMicroUsdPerNodeHour;
  const saved = removed.reduce((sum, { offer }) => sum + price(offer), 0);
  const cheaper = open.filter((offer) => price(offer) < saved && holds(scene, seen, contents, offer));
  const fromSpot = removed.every(({ offer }) => seen.offers[offer]!.purchase === 'spot');
  if (cheaper.length === 0) return undefined;
  const chosen = chooseOffer(seen, cheaper);
  const toSpot = seen.offers[chosen]!.purchase === 'spot';
  const spotOffers = cheaper.filter((offer) => seen.offers[offer]!.purchase === 'spot').length;
  return fromSpot && toSpot && spotOffers < CHEAPER_SPOT_OFFERS ? undefined : chosen;
};

const holds = (
  { allowed, needs }: Scene,
  { offers }: Observation,
  contents: ReadonlyMap<number, number>,
  offer: number,
): boolean => {
  let { gpuCount, vcpus, memoryMiB } = offers[offer]!.shape;
  for (const [group, count] of contents) {
    if (!allowed[group]![offer]) return false;
    gpuCount -= needs[group]!.gpus * count;
    vcpus -= needs[group]!.vcpus * count;
    memoryMiB -= needs[group]!.memoryMiB * count;
  }
  return gpuCount >= 0 && vcpus >= 0 && memoryMiB >= 0;
};
