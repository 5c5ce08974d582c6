import type { OfferId } from '../catalogue/offer.js';
import type { PlanningProblem } from '../planning-problem.js';

/** By offer, the nodes that are held and have joined: who is put on the others waits for them. */
export const nodesThere = ({ fleet }: PlanningProblem): ReadonlyMap<OfferId, number> =>
  new Map(
    fleet.holdings.map(({ offerId, nodes, startingNodes }) => [offerId, Math.max(0, nodes - startingNodes)]),
  );
