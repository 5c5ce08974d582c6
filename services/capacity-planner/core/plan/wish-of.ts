import type { Observation, ObservedNode, Wish } from '../simulation/policy-port.js';
import type { Plan } from './plan.js';

/** The first period of a plan, with the nodes named that are to go. */
export const wishOf = (
  { nodes }: Pick<Observation, 'nodes'>,
  plan: Pick<Plan, 'offers' | 'flows'>,
): Wish => ({
  starts: plan.offers
    .filter(({ starts }) => starts[0]! > 0)
    .map(({ offerId, starts }) => ({ offerId, nodes: Math.round(starts[0]!) })),
  stops: plan.offers.flatMap(({ offerId, stops }) =>
    leastMissed(nodes.filter((node) => node.offerId === offerId))
      .slice(0, Math.round(stops[0]!))
      .map(({ nodeId }) => nodeId),
  ),
  flows: plan.flows.map(({ groupId, offerId, containers }) => ({
    groupId,
    offerId,
    containers,
  })),
});

const standing = ({ sticky }: ObservedNode): number =>
  sticky.reduce((sum, { containers }) => sum + containers, 0);

/**
 * Of one offer's nodes the emptiest go first, of these those on their way, then those that drain already, then those that are not
 * paid for longest.
 */
const leastMissed = (nodes: readonly ObservedNode[]): readonly ObservedNode[] =>
  nodes.toSorted(
    (a, b) =>
      standing(a) - standing(b) ||
      Number(b.state === 'starting') - Number(a.state === 'starting') ||
      Number(b.state === 'draining') - Number(a.state === 'draining') ||
      a.paidUntil - b.paidUntil ||
      a.nodeId - b.nodeId,
  );
