import type { AskOf } from '@slipway/contracts';
import type { Engine } from '../engine.js';
import { FollowedPlan } from '../policies/placement/followed-plan.js';

/** What the capacity planner asks. */
export const capacityRequests = ({ presence }: Engine) => ({
  async 'follow-plan'(ask: AskOf<'scheduler.follow-plan'>) {
    presence.placementPlan = presence.placementPlan?.followedBy(ask) ?? new FollowedPlan(ask);
    return {};
  },
});
