import { shortageRisks, type Plan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { Gauge, type createMetrics } from '@slipway/telemetry';

/** Shares that a plan may break at a price, so that not too much is lost at once. */
const SHARES: ReadonlySet<string> = new Set(['market-share', 'vendor-share', 'non-spot-share']);

/** What of the newest plan may go wrong: surprises that find no room, and too much in one place. */
export class PlanRiskMetrics {
  private readonly shortage: Gauge;
  private readonly over: Gauge;

  constructor(registry: ReturnType<typeof createMetrics>) {
    const registers = [registry];
    this.shortage = new Gauge({
      name: 'slipway_capacity_shortage_probability',
      help: 'How probably more is wanted in the next period than the newest plan has room for, by GPU and the dearest wait',
      labelNames: ['gpu', 'wait_class'],
      registers,
    });
    this.over = new Gauge({
      name: 'slipway_capacity_share_over_gpus',
      help: 'GPUs that the newest plan holds now above the share of a spot market, of a vendor, or of spot as a whole',
      labelNames: ['rule', 'of'],
      registers,
    });
  }

  made(plan: Plan, problem: PlanningProblem): void {
    this.shortage.reset();
    const worst = new Map<string, { gpu: string; wait_class: string; probability: number }>();
    for (const { gpuType: gpu, waitClass: wait_class, probability } of shortageRisks(problem, plan)) {
      const key = `${gpu} ${wait_class}`;
      if (probability > (worst.get(key)?.probability ?? -1)) worst.set(key, { gpu, wait_class, probability });
    }
    for (const { probability, ...labels } of worst.values()) this.shortage.set(labels, probability);
    this.over.reset();
    for (const { name, subject, periodIndex, amount } of plan.slacks)
      if (periodIndex === 0 && SHARES.has(name)) this.over.inc({ rule: name, of: subject }, amount);
  }
}
