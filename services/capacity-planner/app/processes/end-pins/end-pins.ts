import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { isPinEnding } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { PlannerState } from '../../journal/planner-state.js';
import { PLANNER_STATE, TRIGGERS } from '../../tokens.js';
import type { PlanTriggers } from '../plan-capacity/plan-triggers.js';

const LOOK_MS = 1_000;

/** What an operator wanted until a moment ends at that moment: a plan is made then. */
@Injectable()
export class EndPins implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private lookedAt: Instant;

  constructor(
    @Inject(PLANNER_STATE) private readonly state: PlannerState,
    @Inject(TRIGGERS) private readonly triggers: PlanTriggers,
  ) {
    // What has ended while no process ran is not in the newest plan.
    this.lookedAt = state.decisions.newest?.summary.madeAt ?? 0;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(Date.now()), LOOK_MS);
  }

  look(at: Instant): void {
    if (isPinEnding(this.state.control, this.lookedAt, at)) this.triggers.soon('pin-ended');
    this.lookedAt = at;
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
