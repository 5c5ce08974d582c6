import type { CapacityPolicy, Observation, Wish } from '../simulation/policy-port.js';
import { cheapestCover } from './cheapest-cover.js';
import { RefusalMemory } from './refusal-memory.js';
import { Scene } from './scene.js';

const REMEMBERS_MS = 1_800_000;

/**
 * What a careful person would script: new containers go onto nodes that run, then onto the cheapest new ones; nothing is ever moved;
 * a node goes when it has stood empty for a whole step, which is about the ten minutes of the Kubernetes cluster autoscaler.
 */
export const stickyGreedy = (): CapacityPolicy => {
  const memory = new RefusalMemory(REMEMBERS_MS);
  const emptySince = new Map<number, number>();
  let scene: Scene | undefined;
  return {
    name: 'sticky-greedy',
    decide: (seen: Observation): Wish => {
      scene ??= new Scene(seen);
      memory.learn(seen);
      const bins = seen.nodes.map((node) => scene!.binOf(node, seen.offers));
      const pending = scene.pending(seen);
      scene.packInto(bins, pending);
      const candidates = seen.offers
        .map(({ offerId, billing }, offer) => ({ offerId, offer, cost: billing.priceMicroUsdPerNodeHour }))
        .filter(({ offerId }) => !memory.isClosed(offerId, seen.at));
      const fresh = cheapestCover(scene, seen.offers, candidates, pending);
      const stops: number[] = [];
      for (const { node, isEmpty } of bins) {
        if (!isEmpty) emptySince.delete(node!.nodeId);
        else if (!emptySince.has(node!.nodeId)) emptySince.set(node!.nodeId, seen.step);
        else if (emptySince.get(node!.nodeId)! < seen.step && node!.paidUntil < seen.at + seen.stepMs)
          stops.push(node!.nodeId);
      }
      return scene.wish(seen, [...bins, ...fresh], stops);
    },
  };
};
