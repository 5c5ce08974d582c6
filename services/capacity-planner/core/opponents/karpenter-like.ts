import type { CapacityPolicy, Observation, Wish } from '../simulation/policy-port.js';
import { consolidate, type Consolidation } from './karpenter-consolidation.js';
import { karpenterClaims } from './karpenter-claims.js';
import { RefusalMemory } from './refusal-memory.js';
import { Scene } from './scene.js';

/** An offer without capacity is left alone for three minutes: the rest of the step. */
const REMEMBERS_MS = 180_000;
/** The default disruption budget: a tenth of the nodes at a time. */
const DISRUPTION_SHARE = 0.1;

/**
 * Karpenter's published rules, with all vendors as one cloud (which it cannot do): pending pods onto nodes that run, the rest by
 * first-fit decreasing into new ones, spot by price and capacity, then consolidation within its disruption budget.
 */
export const karpenterLike = (): CapacityPolicy => {
  const memory = new RefusalMemory(REMEMBERS_MS);
  let scene: Scene | undefined;
  let plan: Consolidation = { gone: [], fresh: [] };
  return {
    name: 'karpenter-like',
    decide: (seen: Observation): Wish => {
      scene ??= new Scene(seen);
      memory.learn(seen);
      const open = seen.offers.flatMap(({ offerId }, index) =>
        memory.isClosed(offerId, seen.at) ? [] : [index],
      );
      const bins = seen.nodes.map((node) => scene!.binOf(node, seen.offers));
      const pending = scene.pending(seen);
      scene.packInto(bins, pending);
      const claims = karpenterClaims(scene, seen, open, pending);
      if (seen.round === 0)
        plan = consolidate(scene, seen, bins, open, Math.ceil(bins.length * DISRUPTION_SHARE));
      // A node goes only when what replaces it has been granted.
      else if (plan.fresh.some(({ offer }) => memory.isClosed(seen.offers[offer]!.offerId, seen.at)))
        plan = { gone: plan.gone.filter(({ isEmpty }) => isEmpty), fresh: [] };
      const gone = new Set(plan.gone.map(({ node }) => node!.nodeId));
      const stays = bins.filter(({ node }) => !gone.has(node!.nodeId));
      const fresh = seen.round === 0 ? plan.fresh : [];
      return scene.wish(seen, [...stays, ...claims, ...fresh], [...gone]);
    },
  };
};
