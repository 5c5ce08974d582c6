import type { Outcome, StepAccount } from '../simulation/accounts/step-account.js';
import type { Node } from '../simulation/nodes/node.js';
import type { Period } from '../simulation/period.js';
import type { StepSight } from '../simulation/simulate.js';

const HOUR_MS = 3_600_000;

/** Where the money of a run went, in micro-USD: parts that add up to its total. */
export type CostParts = Readonly<{
  /** GPUs that something stood on, by how they were bought. */
  busyOnDemand: number;
  busySpot: number;
  /** GPUs that were ready, and nothing stood on them. */
  idle: number;
  /** Nodes until they were ready, and those that never were. */
  starting: number;
  /** The rest of increments and minimums of nodes that went early. */
  unusedMinimums: number;
  egress: number;
  /** Waits in steps in which nodes had been taken back, in other steps after starts that failed, and in all others. */
  lateAfterLosses: number;
  lateAfterFailures: number;
  lateForGrowth: number;
  short: number;
}>;

/** Looks on while a period is simulated, and says afterwards where its money went. */
export class CostWatch {
  #busyOnDemand = 0;
  #busySpot = 0;
  #idle = 0;
  #starting = 0;
  readonly #period: Period;

  constructor(period: Period) {
    this.#period = period;
  }

  readonly watch = ({ step, at, nodes }: StepSight): void => {
    if (step < this.#period.warmUpSteps) return;
    for (const node of nodes) this.#ran(node, step, at);
  };

  parts(outcome: Outcome): CostParts {
    const ran = this.#busyOnDemand + this.#busySpot + this.#idle + this.#starting;
    const late = (counts: (now: StepAccount, before: StepAccount | undefined) => boolean): number =>
      outcome.steps.reduce(
        (sum, now, index) => sum + (counts(now, outcome.steps[index - 1]) ? now.latenessMicroUsd : 0),
        0,
      );
    // A start that fails is known to have failed when its step ends; those it was bought for wait all step, and on in the next.
    const failed = (now: StepAccount, before?: StepAccount): boolean =>
      now.failedStarts > 0 || (before?.failedStarts ?? 0) > 0;
    return {
      busyOnDemand: this.#busyOnDemand,
      busySpot: this.#busySpot,
      idle: this.#idle,
      starting: this.#starting,
      unusedMinimums: outcome.infrastructureMicroUsd - ran,
      egress: outcome.egressMicroUsd,
      lateAfterLosses: late(({ takenNodes }) => takenNodes > 0),
      lateAfterFailures: late((now, before) => now.takenNodes === 0 && failed(now, before)),
      lateForGrowth: late((now, before) => now.takenNodes === 0 && !failed(now, before)),
      short: outcome.shortageMicroUsd,
    };
  }

  #ran(node: Node, step: number, at: number): void {
    const { histories, offers, stepMs } = this.#period;
    const price = histories[node.offer]!.priceMicroUsdPerNodeHour[step]!;
    const until = Math.min(node.endedAt ?? Number.POSITIVE_INFINITY, at + stepMs);
    const from = Math.max(node.startedAt, at);
    const ready = node.boots ? Math.min(until, Math.max(from, node.readyAt)) : until;
    const cost = (ms: number): number => (price * Math.max(0, ms)) / HOUR_MS;
    this.#starting += cost(ready - from);
    const share = node.isEmpty ? 0 : node.busyGpus / Math.max(1, node.shape.gpuCount);
    const busy = cost(until - ready) * share;
    this.#idle += cost(until - ready) - busy;
    if (offers[node.offer]!.purchase === 'spot') this.#busySpot += busy;
    else this.#busyOnDemand += busy;
  }
}
