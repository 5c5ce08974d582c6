import type { CapacityPolicy, Observation, Wish } from '../simulation/policy-port.js';
import { RefusalMemory } from './refusal-memory.js';
import { Scene } from './scene.js';

/** Longer than the tool itself remembers, to its advantage: it asks fewer vendors in vain. */
const REMEMBERS_MS = 1_800_000;

/**
 * One request, one machine, as SkyPilot's optimizer chooses for a single task: the cheapest offer that fits it, of all clouds, spot
 * where the task allows spot; on a refusal the next cheapest (failover). Machines are not shared
 * between requests; one serves the next container of its group, and is stopped when there is none (autostop).
 */
export const skyPilotLike = (): CapacityPolicy => {
  let scene: Scene | undefined;
  const memory = new RefusalMemory(REMEMBERS_MS);
  return {
    name: 'skypilot-like',
    decide: (seen: Observation): Wish => {
      scene ??= new Scene(seen);
      memory.learn(seen);
      const machines = Map.groupBy(seen.nodes, ({ keptFor }) => keptFor!.groupId);
      const starts: Wish['starts'][number][] = [];
      const stops: number[] = [];
      for (const [group, { groupId }] of seen.groups.entries()) {
        const own = machines.get(groupId) ?? [];
        const missing = seen.wanted[group]! - own.length;
        if (missing > 0) {
          const offerId = cheapestFor(scene, seen, group, memory);
          if (offerId !== undefined)
            starts.push({ offerId, nodes: missing, keepFor: { groupId, containers: 1 } });
        }
        const idle = own.filter(({ sticky }) => sticky.length === 0);
        const dear = idle.toSorted(
          (a, b) => priceOf(scene!, seen, b.offerId) - priceOf(scene!, seen, a.offerId),
        );
        stops.push(...dear.slice(0, Math.max(0, -missing)).map(({ nodeId }) => nodeId));
      }
      return { starts: oneByOne(starts), stops, flows: [] };
    },
  };
};

const priceOf = (scene: Scene, { offers }: Observation, offerId: string): number =>
  offers[scene.offerOf({ offerId })]!.billing.priceMicroUsdPerNodeHour;

const cheapestFor = (
  scene: Scene,
  { offers, at }: Observation,
  group: number,
  memory: RefusalMemory,
): string | undefined => {
  let best: Observation['offers'][number] | undefined;
  for (const [index, offer] of offers.entries())
    if (
      scene.allowed[group]![index] &&
      !memory.isClosed(offer.offerId, at) &&
      (best === undefined || offer.billing.priceMicroUsdPerNodeHour < best.billing.priceMicroUsdPerNodeHour)
    )
      best = offer;
  return best?.offerId;
};

/** Each request goes out by itself: what is granted to one does not depend on the others of its kind. */
const oneByOne = (starts: Wish['starts']): Wish['starts'] =>
  starts.flatMap((start) => Array.from({ length: start.nodes }, () => ({ ...start, nodes: 1 })));
