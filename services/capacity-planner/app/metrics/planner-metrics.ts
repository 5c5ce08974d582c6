import { missingByType, type PlanningProblem } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import { Counter, Gauge, Histogram, type createMetrics } from '@slipway/telemetry';
import type { CatalogueView } from '../catalogue/catalogue-view.js';
import { kindOfTrigger } from '../processes/plan-capacity/plan-trigger.js';
import type { StoredPlan } from '../store/plan-store.js';
import { PlanRiskMetrics } from './plan-risk-metrics.js';

type Registry = ReturnType<typeof createMetrics>;

/** Figures of the plans that were made, for Prometheus. */
export class PlannerMetrics {
  private readonly plans: Counter;
  private readonly fallbacks: Counter;
  private readonly failures: Counter;
  private readonly seconds: Histogram;
  private readonly gap: Gauge;
  private readonly cost: Gauge;
  private readonly short: Gauge;
  private readonly bufferMissing: Gauge;
  private readonly rehearsed: Gauge;
  private readonly slackCost: Gauge;
  private readonly offers: Gauge;
  private readonly rejected: Gauge;
  private readonly quarantined: Gauge;
  private readonly priceAge: Gauge;
  private readonly madeAt: Gauge;
  private readonly risks: PlanRiskMetrics;

  constructor(registry: Registry) {
    this.risks = new PlanRiskMetrics(registry);
    const registers = [registry];
    const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
      new Gauge({ name: `slipway_capacity_${name}`, help, labelNames, registers });
    this.plans = new Counter({
      name: 'slipway_capacity_plans_total',
      help: 'Plans that were made, by whose plan won, what the solver said, and why it was made',
      labelNames: ['planner', 'solver', 'trigger'],
      registers,
    });
    this.fallbacks = new Counter({
      name: 'slipway_capacity_solver_fallbacks_total',
      help: "Plans that are a heuristic's because the solver failed",
      registers,
    });
    this.failures = new Counter({
      name: 'slipway_capacity_planning_failures_total',
      help: 'Attempts that made no plan; the last good one stayed',
      registers,
    });
    this.seconds = new Histogram({
      name: 'slipway_capacity_planning_seconds',
      help: 'From the problem to the kept plan',
      buckets: [0.1, 0.3, 1, 3, 10, 30, 60, 120],
      registers,
    });
    this.madeAt = gauge(
      'plan_made_timestamp_seconds',
      'When the newest plan was made, by whichever process; before the first, since when one could be',
    );
    this.gap = gauge(
      'plan_gap_ratio',
      '(cost - bound) / cost of the newest plan; absent where no bound was looked for, or none was proven',
    );
    this.gap.remove();
    this.cost = gauge('cost_usd_per_hour', 'Money per hour before and after the newest plan', ['when']);
    this.short = gauge('short_containers', 'Containers that the newest plan cannot serve', ['wait_class']);
    this.bufferMissing = gauge(
      'buffer_missing_gpus',
      'Idle GPUs that would pay at the usual price, and that the plan has not',
      ['gpu'],
    );
    this.rehearsed = gauge(
      'plan_rehearsed',
      '1 where the newest plan begins with a step that was rehearsed in many futures, which weigh surprises themselves',
    );
    this.slackCost = gauge('slack_usd', 'What soft rules that the newest plan breaks add to its cost', [
      'rule',
    ]);
    this.offers = gauge('offers', 'Offers that the newest plan could choose from');
    this.rejected = gauge('rejected_offers', 'Rows of catalogues that were left out');
    this.quarantined = gauge('quarantined_prices', 'Prices that jumped and are not believed yet');
    this.priceAge = gauge(
      'oldest_price_age_seconds',
      'Age of the oldest price among the offers that are held or started',
    );
  }

  /** What is known before this process has made a plan. */
  tookUp(newest: StoredPlan | undefined, now: Instant): void {
    this.madeAt.set((newest?.madeAt ?? now) / 1_000);
  }

  failed(): void {
    this.failures.inc();
  }

  made(
    { plan, trigger, madeAt }: StoredPlan,
    problem: PlanningProblem,
    catalogue: Pick<CatalogueView, 'rejected' | 'doubted'>,
    seconds: number,
  ): void {
    const { solution, cost } = plan;
    const [planner, solver] = [solution.planner, solution.solver.status];
    this.plans.inc({ planner, solver, trigger: kindOfTrigger(trigger) });
    if (solver === 'fallback') this.fallbacks.inc();
    this.seconds.observe(seconds);
    this.madeAt.set(madeAt / 1_000);
    if (solution.gap === undefined) this.gap.remove();
    else this.gap.set(solution.gap);
    this.cost.set({ when: 'before' }, cost.paidMicroUsdPerHourBefore / 1e6);
    this.cost.set({ when: 'after' }, cost.paidMicroUsdPerHourAfter / 1e6);
    this.offers.set(problem.offers.length);
    this.rejected.set(catalogue.rejected.length);
    this.quarantined.set(catalogue.doubted.length);
    this.countShort(plan, problem);
    this.risks.made(plan, problem);
    this.bufferMissing.reset();
    for (const [gpu, missing] of missingByType(plan.buffers)) this.bufferMissing.set({ gpu }, missing);
    this.rehearsed.set(solution.lookAhead === undefined ? 0 : 1);
    this.slackCost.reset();
    for (const { name, costMicroUsd } of plan.slacks) this.slackCost.inc({ rule: name }, costMicroUsd / 1e6);
    const used = new Set(plan.offers.map(({ offerId }) => offerId));
    const oldest = problem.offers
      .filter(({ offerId }) => used.has(offerId))
      .reduce((least, { pricedAt }) => Math.min(least, pricedAt), madeAt);
    this.priceAge.set((madeAt - oldest) / 1_000);
  }

  private countShort({ service }: StoredPlan['plan'], { groups }: PlanningProblem): void {
    const classOf = new Map(groups.map(({ groupId, waitClass }) => [groupId, waitClass]));
    for (const wait_class of ['interactive', 'batch', 'background']) this.short.set({ wait_class }, 0);
    for (const { groupId, short } of service)
      this.short.inc({ wait_class: classOf.get(groupId) ?? 'batch' }, short[0] ?? 0);
  }
}
