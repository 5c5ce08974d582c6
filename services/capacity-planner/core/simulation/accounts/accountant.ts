import type { Instant } from '@slipway/kernel';
import type { Node } from '../nodes/node.js';
import type { Period } from '../period.js';
import { weightOf } from '../weight.js';
import { egressMicroUsdPerContainerHour } from './egress-price.js';
import { paidUntil } from './paid-until.js';
import { emptyStep, type StepAccount } from './step-account.js';
import { usualPriceMicroUsd } from './usual-price.js';

const HOUR_MS = 3_600_000;

/** What a container of each class loses when its node is taken, or when it is moved: work since its last checkpoint. */
const lostWorkMs = {
  taken: { interactive: 0, batch: 60_000, background: 600_000 },
  moved: { interactive: 0, batch: 0, background: 300_000 },
} as const;

/** Writes down what every policy costs, by one rule for all of them. */
export class Accountant {
  readonly steps: StepAccount[] = [];
  #now = emptyStep();
  readonly #period: Period;
  readonly #weights: readonly number[];
  readonly #usualPrices: readonly number[];

  constructor(period: Period) {
    this.#period = period;
    this.#weights = period.groups.map(weightOf);
    this.#usualPrices =
      period.usualMicroUsdPerHour ?? period.groups.map((group) => usualPriceMicroUsd(period.offers, group));
  }

  get now(): StepAccount {
    return this.#now;
  }

  begin(): void {
    this.#now = emptyStep();
    this.steps.push(this.#now);
  }

  wanted(group: number, containers: number): void {
    this.#now.wantedGpuMs += containers * this.#weights[group]! * this.#period.stepMs;
  }

  waited(group: number, containers: number, waitMs: number): void {
    const gpuMs = containers * this.#weights[group]! * waitMs;
    this.#now.lateGpuMs += gpuMs;
    this.#now.latenessMicroUsd += this.#waitPrice('lateness', group, gpuMs);
  }

  short(group: number, containers: number, supply: 'existed' | 'none'): void {
    const gpuMs = containers * this.#weights[group]! * this.#period.stepMs;
    this.#now.shortGpuMs += gpuMs;
    if (supply === 'existed') this.#now.avoidableShortGpuMs += gpuMs;
    if (this.#period.groups[group]!.priority === 'high') this.#now.priorityShortGpuMs += gpuMs;
    this.#now.shortageMicroUsd += this.#waitPrice('shortage', group, gpuMs);
  }

  disturbed(group: number, containers: number, how: 'taken' | 'moved'): void {
    if (how === 'moved') {
      this.#now.movedContainers += containers;
      this.#now.latenessMicroUsd += Math.round(containers * (this.#period.moveMicroUsd?.[group] ?? 0));
    }
    this.waited(group, containers, lostWorkMs[how][this.#period.groups[group]!.waitClass]);
  }

  started(node: Node): void {
    this.#now.starts += 1;
    this.#now.startedGpus += node.shape.gpuCount;
  }

  /** The rest of what is paid for anyway falls due when we end a node; not when its vendor does. */
  stopped(node: Node, step: number): void {
    const { billing } = this.#period.offers[node.offer]!;
    this.#now.stops += 1;
    this.#now.stoppedGpus += node.shape.gpuCount;
    const restMs = paidUntil(billing, node.startedAt, node.endedAt!) - node.endedAt!;
    this.#now.infrastructureMicroUsd += this.#nodePrice(node, step, restMs);
  }

  taken(node: Node): void {
    this.#now.takenNodes += 1;
    this.#now.takenGpus += node.shape.gpuCount;
  }

  /** The time of one node within the step, whatever stands on it. */
  ran(node: Node, step: number, at: Instant): void {
    const { stepMs } = this.#period;
    const ms = Math.min(node.endedAt ?? Number.POSITIVE_INFINITY, at + stepMs) - Math.max(node.startedAt, at);
    if (ms <= 0) return;
    this.#now.infrastructureMicroUsd += this.#nodePrice(node, step, ms);
    this.#now.paidGpuMs += node.shape.gpuCount * ms;
  }

  /** Containers of a group that stand on a node for `ms` of the step. */
  served(group: number, offer: number, containers: number, ms: number): void {
    const { groups, offers, egressPrices } = this.#period;
    this.#now.busyGpuMs += containers * this.#weights[group]! * ms;
    const perHour = egressMicroUsdPerContainerHour(groups[group]!, offers[offer]!, egressPrices);
    this.#now.egressMicroUsd += Math.round((perHour * containers * ms) / HOUR_MS);
  }

  #nodePrice(node: Node, step: number, ms: number): number {
    return Math.round((this.#period.histories[node.offer]!.priceMicroUsdPerNodeHour[step]! * ms) / HOUR_MS);
  }

  #waitPrice(kind: 'lateness' | 'shortage', group: number, gpuMs: number): number {
    const { waitClass, priority } = this.#period.groups[group]!;
    const { highPriorityFactor, [kind]: multiples } = this.#period.waitPrices;
    const factor = kind === 'shortage' && priority === 'high' ? highPriorityFactor : 1;
    return Math.round((multiples[waitClass] * factor * this.#usualPrices[group]! * gpuMs) / HOUR_MS);
  }
}
