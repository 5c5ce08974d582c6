import type { CapacityPolicy, Observation, Wish } from '../simulation/policy-port.js';
import { Bin } from './bin.js';
import { cheapestCover, type Candidate } from './cheapest-cover.js';
import { RefusalMemory } from './refusal-memory.js';
import { Scene } from './scene.js';

const REMEMBERS_MS = 1_800_000;
const HOUR_MS = 3_600_000;

/**
 * The strongest of the simple ones: in each step the whole fleet is chosen anew, cheapest first for what it serves, as if everything
 * could be moved. A node that runs has the advantage of the start that it saves, and costs nothing while it is paid for anyway.
 * With headroom, it holds that share more than is wanted.
 */
export const replacingGreedy = (headroom: number): CapacityPolicy => {
  const memory = new RefusalMemory(REMEMBERS_MS);
  let scene: Scene | undefined;
  return {
    name: headroom === 0 ? 'replacing-greedy' : `replacing-greedy-${Math.round(headroom * 100)}`,
    decide: (seen: Observation): Wish => {
      scene ??= new Scene(seen);
      memory.learn(seen);
      const bins = seen.nodes.map((node) => scene!.binOf({ ...node, sticky: [] }, seen.offers));
      const running = bins.map((bin): Candidate => {
        const { billing } = seen.offers[bin.offer]!;
        const paid = bin.node!.paidUntil >= seen.at + seen.stepMs;
        return { offer: bin.offer, cost: paid ? 0 : billing.priceMicroUsdPerNodeHour, running: bin };
      });
      const fresh = seen.offers.flatMap(({ offerId, billing, behaviour }, offer): readonly Candidate[] =>
        memory.isClosed(offerId, seen.at)
          ? []
          : [{ offer, cost: billing.priceMicroUsdPerNodeHour * (1 + behaviour.leadMs / HOUR_MS) }],
      );
      const chosen = cheapestCover(
        scene,
        seen.offers,
        [...running, ...fresh],
        withHeadroom(scene, seen.wanted, headroom),
      );
      const settled = settle(scene, seen, chosen, [...running, ...fresh]);
      const kept = new Set(settled.map(({ node }) => node?.nodeId));
      const stops = seen.nodes.filter(({ nodeId }) => !kept.has(nodeId)).map(({ nodeId }) => nodeId);
      return scene.wish(seen, settled, stops);
    },
  };
};

/** A share more of everything, rounded over all groups together: a group of one container does not get a second one. */
const withHeadroom = ({ order }: Scene, wanted: readonly number[], headroom: number): number[] => {
  const more = [...wanted];
  let owed = 0;
  for (const group of order) {
    owed += wanted[group]! * headroom;
    const whole = Math.floor(owed);
    more[group]! += whole;
    owed -= whole;
  }
  return more;
};

/** Sticky containers stay where their node stays: what then finds no place gets nodes more. */
const settle = (
  scene: Scene,
  seen: Observation,
  chosen: readonly Bin[],
  candidates: readonly Candidate[],
): readonly Bin[] => {
  const nodes = new Map(seen.nodes.map((node) => [node.nodeId, node]));
  const bins = chosen.map(({ offer, node }) =>
    node === undefined
      ? new Bin(offer, seen.offers[offer]!)
      : scene.binOf(nodes.get(node.nodeId)!, seen.offers),
  );
  const kept = new Set(chosen.map(({ node }) => node?.nodeId));
  const pending = [...seen.wanted];
  for (const bin of bins) for (const [group, count] of bin.containers) pending[group]! -= count;
  const wanted = pending.map((count) => Math.max(0, count));
  scene.packInto(bins, wanted);
  const others = candidates.flatMap((candidate): readonly Candidate[] => {
    const { running, ...rest } = candidate;
    if (running === undefined) return [candidate];
    return kept.has(running.node!.nodeId)
      ? []
      : [{ ...rest, running: scene.binOf(nodes.get(running.node!.nodeId)!, seen.offers) }];
  });
  const before = new Map(others.map(({ running }) => [running, running?.freeGpus]));
  const more = cheapestCover(scene, seen.offers, others, wanted);
  return [...bins, ...more.filter((bin) => bin.freeGpus !== before.get(bin))];
};
