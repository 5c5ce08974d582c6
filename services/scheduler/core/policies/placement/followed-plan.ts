import type { FollowPlan, PlanFlow } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** The capacity plan that containers are placed by, until it is stale. */
export class FollowedPlan {
  constructor(private readonly plan: FollowPlan) {}

  /** The flows of a demand group, empty where the plan knows nothing of it; undefined once it is stale. */
  flowsOf(demandKey: string, at: Instant): readonly PlanFlow[] | undefined {
    return at < this.plan.validUntil ? (this.plan.flows[demandKey] ?? []) : undefined;
  }

  /** A message that was late on its way does not bring an old plan back. */
  followedBy(next: FollowPlan): FollowedPlan {
    return next.madeAt < this.plan.madeAt ? this : new FollowedPlan(next);
  }
}
