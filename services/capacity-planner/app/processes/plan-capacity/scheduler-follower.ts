import { placementFlows } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { StoredPlan } from '../../store/plan-store.js';
import type { PlanFollower } from './ports.js';

/** How long the scheduler goes on by a plan of which it hears no more. */
const FOLLOWED_FOR_MS = 10 * 60_000;

/** Hands the plan's flows to the scheduler, which places containers by them. */
export class SchedulerFollower implements PlanFollower {
  readonly name = 'scheduler';

  constructor(
    private readonly bus: Bus,
    private readonly now: () => Instant,
  ) {}

  async follow({ planId, madeAt, plan }: StoredPlan): Promise<void> {
    await this.bus.request('scheduler.follow-plan', {
      planId,
      madeAt,
      validUntil: this.now() + FOLLOWED_FOR_MS,
      flows: placementFlows(plan),
    });
  }
}
