import type { AnswerOf, AskOf } from '@slipway/contracts';
import type { Engine } from '../engine.js';
import { FollowedPlan } from '../policies/placement/followed-plan.js';
import { listDemand } from './list-demand.js';

/** What the capacity planner asks. */
export const capacityRequests = (engine: Engine) => ({
  async 'follow-plan'(ask: AskOf<'scheduler.follow-plan'>) {
    const { presence } = engine;
    presence.placementPlan = presence.placementPlan?.followedBy(ask) ?? new FollowedPlan(ask);
    return {};
  },

  async 'list-demand'(ask: AskOf<'scheduler.list-demand'>): Promise<AnswerOf<'scheduler.list-demand'>> {
    const demand = listDemand(engine.state, ask);
    await engine.committed();
    return demand;
  },
});
