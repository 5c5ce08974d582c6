import type { Instant } from '@slipway/kernel';
import type { Commitment, Offer, OfferId, Quota } from './catalogue/offer.js';
import type { DemandGroup, Forecast } from './demand/demand-group.js';
import type { Fleet } from './fleet/fleet.js';
import type { PlanningPolicy } from './policy.js';

/** All that a plan depends on: equal problems have equal plans, for ever. Written down, it can be solved again. */
export type PlanningProblem = Readonly<{
  at: Instant;
  offers: readonly Offer[];
  quotas: readonly Quota[];
  commitments: readonly Commitment[];
  groups: readonly DemandGroup[];
  forecast: Forecast;
  fleet: Fleet;
  policy: PlanningPolicy;
  /** The nodes that the plan before this one would hold, by period: where that is near enough to the best still, a large fleet keeps to it. */
  before?: readonly Readonly<{ offerId: OfferId; nodes: readonly number[] }>[];
}>;
