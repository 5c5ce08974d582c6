import {
  assembleProblem,
  commitmentsOf,
  floorsOf,
  planningMoment,
  policyAt,
  termsOf,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import type { CatalogueView } from '../../catalogue/catalogue-view.js';
import type { StoredPlan } from '../../store/plan-store.js';
import type { CycleParts } from './cycle-parts.js';
import { isIdle } from './is-idle.js';

/** What a plan is made from, and the catalogue that it is from. */
export type Known = Readonly<{ catalogue: CatalogueView; problem: PlanningProblem }>;

type Plans = Readonly<{ newest: StoredPlan | undefined; inForce: StoredPlan | undefined }>;

/** The problem as it would be planned now; undefined while nothing is wanted, held, reserved, pinned or still asked for. */
export const gatherKnown = async (
  { now, state, demand, catalogue, fleet, policy, home }: CycleParts,
  { newest, inForce }: Plans,
): Promise<Known | undefined> => {
  const at = planningMoment(now(), newest?.madeAt);
  const view = await catalogue.current();
  const before = inForce?.plan.offers.map(({ offerId, nodes }) => ({ offerId, nodes }));
  const problem: PlanningProblem = {
    ...assembleProblem({
      at,
      demandKnownAt: demand.knownAt ?? 0,
      offers: view.offers,
      quotas: view.quotas,
      commitments: commitmentsOf(termsOf(state.control), view.offers, at),
      steps: await demand.steps(),
      wantedNow: demand.levels(),
      floors: floorsOf(state.control),
      fleet: await fleet.look(at),
      policy: policyAt(state.control, at, policy),
      ...(home === undefined ? {} : { home }),
    }),
    ...(before === undefined ? {} : { before }),
  };
  return isIdle(problem) ? undefined : { catalogue: view, problem };
};
