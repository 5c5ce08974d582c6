import { placementFlows } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import type { KeptPlan, PlanFollower } from './ports.js';

/** How long the scheduler goes on by a plan of which it hears no more. */
const FOLLOWED_FOR_MS = 10 * 60_000;
/** By an older plan nothing is placed, but by best fit. */
const TOLD_FOR_MS = 3_600_000;

/** Hands the plan's flows to the scheduler, which places containers by them. */
export class SchedulerFollower implements PlanFollower {
  readonly name = 'scheduler';

  constructor(
    private readonly bus: Bus,
    private readonly now: () => Instant,
  ) {}

  async follow({ stored: { planId, madeAt, plan } }: KeptPlan): Promise<void> {
    if (this.now() - madeAt > TOLD_FOR_MS) return;
    await this.bus.request('scheduler.follow-plan', {
      planId,
      madeAt,
      validUntil: this.now() + FOLLOWED_FOR_MS,
      flows: placementFlows(plan),
    });
  }
}
