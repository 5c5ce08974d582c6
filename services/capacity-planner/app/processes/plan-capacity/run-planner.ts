import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { FactRelay } from '@slipway/event-store';
import type { Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { CapacityPlannerConfig } from '../../config.js';
import type { PlanStore } from '../../store/plan-store.js';
import { CYCLE, DEMAND, FACT_RELAY, LEADERSHIP, PLANS, TRIGGERS } from '../../tokens.js';
import type { Leadership } from '../lead-planner.js';
import type { Demand } from '../read-demand/demand.js';
import { readDemand } from '../read-demand/read-demand.js';
import { PacedPlans } from './paced-plans.js';
import type { PlanTriggers } from './plan-triggers.js';
import type { PlanningCycle } from './planning-cycle.js';

const SAVE_MS = 5_000;
const FOLLOW_MS = 60_000;
const FORGET_MS = 3_600_000;
const PLANS_KEPT_MS = 14 * 86_400_000;

/** The planner's clockwork: a plan every few minutes and when demand moves, demand saved, the plan in force told again. */
@Injectable()
export class RunPlanner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly paced: PacedPlans;

  constructor(
    @Inject(CYCLE) private readonly cycle: PlanningCycle,
    @Inject(TRIGGERS) private readonly triggers: PlanTriggers,
    @Inject(DEMAND) private readonly demand: Demand,
    @Inject(PLANS) private readonly plans: PlanStore,
    @Inject(FACT_RELAY) private readonly relay: FactRelay,
    @Inject(LEADERSHIP) private readonly leadership: Leadership,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: CapacityPlannerConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.paced = new PacedPlans(cycle, config.leastPauseMs);
  }

  onApplicationBootstrap(): void {
    const { bus, demand, logger } = this;
    this.relay.start();
    void readDemand({
      bus,
      demand,
      logger,
      onNews: (news) => this.triggers.soon(news),
      stopped: this.ending.signal,
    });
    if (this.config.plans === 'by-itself') {
      this.triggers.onTrigger((news) => this.paced.soon(news));
      this.every(this.config.cycleMs, () => this.paced.now('cycle'));
    }
    this.every(SAVE_MS, () => demand.save());
    this.every(FOLLOW_MS, () => this.cycle.follow());
    this.every(FORGET_MS, async () => {
      await demand.forgetOld();
      await this.plans.forgetBefore(Date.now() - PLANS_KEPT_MS);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    this.timers.forEach(clearInterval);
    this.paced.end();
    await this.demand
      .save()
      .catch((error: unknown) => this.logger.error({ err: error }, 'demand was not saved'));
    await this.relay.stop();
    await this.leadership.resign();
  }

  private every(ms: number, work: () => Promise<unknown>): void {
    const run = (): void =>
      void work().catch((error: unknown) => this.logger.error({ err: error }, 'to be done again'));
    this.timers.push(setInterval(run, ms));
  }
}
