import type { Fleet, Holding } from '../fleet/fleet.js';
import type { Observation, ObservedNode } from '../simulation/policy-port.js';

/** A simulated fleet as the planner knows fleets. Nodes that drain count as held: in the next step they may serve on. */
export const observedFleet = ({ at, nodes }: Observation): Fleet => {
  const byOffer = Map.groupBy(nodes, ({ offerId }) => offerId);
  return {
    seenAt: at,
    holdings: [...byOffer].map(([offerId, held]): Holding => ({
      offerId,
      nodes: held.length,
      startingNodes: held.filter(({ state }) => state === 'starting').length,
      drainingNodes: 0,
      paidUntil: paidGroups(held.filter(({ paidUntil }) => paidUntil > at)),
    })),
    nodes: nodes.map(({ offerId, sticky }) => ({ offerId, running: sticky })),
    running: [...byOffer].flatMap(([offerId, held]) => {
      const running = new Map<string, number>();
      for (const { groupId, containers } of held.flatMap(({ sticky }) => sticky))
        running.set(groupId, (running.get(groupId) ?? 0) + containers);
      return [...running].map(([groupId, containers]) => ({
        groupId,
        offerId,
        containers,
      }));
    }),
  };
};

const paidGroups = (nodes: readonly ObservedNode[]): Holding['paidUntil'] =>
  [...Map.groupBy(nodes, ({ paidUntil }) => paidUntil)]
    .map(([at, of]) => ({ at, nodes: of.length }))
    .toSorted((a, b) => a.at - b.at);
