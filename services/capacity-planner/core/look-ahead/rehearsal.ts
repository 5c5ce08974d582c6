import type { Instant } from '@slipway/kernel';
import type { OfferId } from '../catalogue/offer.js';
import { replacingGreedy } from '../opponents/replacing-greedy.js';
import type { Prepared } from '../model/prepared.js';
import type { ScoredPlan } from '../plan/evaluate.js';
import { wishOf } from '../plan/wish-of.js';
import { paidUntil } from '../simulation/accounts/paid-until.js';
import {
  simulate,
  type CapacityPolicy,
  type Period,
  type StandingAtFirst,
  type StepSight,
} from '../simulation/index.js';
import { imaginedNodes } from './imagined-nodes.js';
import { imaginedPeriod } from './imagined-period.js';
import { offersOfRehearsals } from './offers-of-rehearsals.js';

/**
 * Runs and drafts together: each takes as long as there are groups and offers, some milliseconds for 10 and 30. A count, not a time,
 * so that the same problem has the same plan.
 */
const MOST_WORK = 4_000 * 10 * 30;

const HOUR_MS = 3_600_000;

/** Runs first steps through imagined futures, each of them the same for all. */
export class Rehearsal {
  private tries = 0;

  private constructor(
    private readonly periods: readonly Period[],
    private readonly nodes: readonly StandingAtFirst[],
  ) {}

  /** Nothing where no futures are known, or not what stands on each node. */
  static of(prepared: Prepared, drafted: readonly number[]): Rehearsal | undefined {
    const { problem } = prepared;
    const { futures } = problem.forecast;
    if (futures === undefined) return undefined;
    const offers = offersOfRehearsals(prepared, drafted);
    const byId = new Map(offers.map(({ offer }) => [offer.offerId, offer]));
    const nodes = imaginedNodes(problem.fleet, byId, problem.at);
    return (
      nodes &&
      new Rehearsal(
        futures.paths.map((_, path) => imaginedPeriod(prepared, offers, futures, path)),
        nodes,
      )
    );
  }

  /** Whether as much was rehearsed as a plan may take. */
  get isSpent(): boolean {
    return this.tries * this.groups * this.offers >= MOST_WORK;
  }

  /** A draft was built to be looked at. */
  tried(): void {
    this.tries += 1;
  }

  private get groups(): number {
    return this.periods[0]?.groups.length ?? 0;
  }

  private get offers(): number {
    return this.periods[0]?.offers.length ?? 0;
  }

  get futures(): number {
    return this.periods.length;
  }

  /** How long a future is, in milliseconds. */
  get lengthMs(): number {
    const [period] = this.periods;
    return period === undefined ? 0 : period.steps * period.stepMs;
  }

  /** The nodes by offer that a policy would hold after its first step, if all that it starts came. */
  async nodesAfter(policy: CapacityPolicy): Promise<ReadonlyMap<OfferId, number>> {
    const [period] = this.periods;
    const held = new Map<OfferId, number>();
    if (period === undefined) return held;
    const histories = period.histories.map((history) => ({ ...history, startSuccess: 1 }));
    const watch = ({ nodes }: StepSight): void => {
      for (const { offer, draining } of nodes.filter(({ endedAt }) => endedAt === undefined)) {
        const { offerId } = period.offers[offer]!;
        if (!draining) held.set(offerId, (held.get(offerId) ?? 0) + 1);
      }
    };
    await simulate({ ...period, steps: 1, histories }, policy, watch, this.nodes);
    return held;
  }

  /**
   * What one future costs, micro-USD, where a plan's first period is done now and the strongest rule of thumb goes on from there:
   * nodes, egress, waits and shortages, and what is paid for behind its end of nodes that nobody uses then.
   */
  async cost(plan: Pick<ScoredPlan, 'offers' | 'flows'>, future: number): Promise<number> {
    const period = this.periods[future]!;
    let unusedMicroUsd = 0;
    const watch = ({ step, at, nodes }: StepSight): void => {
      if (step === period.steps - 1) unusedMicroUsd = unusedBehind(period, nodes, at + period.stepMs);
    };
    this.tries += 1;
    const policy = firstThen(plan, replacingGreedy(0));
    const { totalMicroUsd } = await simulate(period, policy, watch, this.nodes);
    return totalMicroUsd + unusedMicroUsd;
  }
}

/** Minimums that end later, of nodes that stand empty. */
const unusedBehind = ({ offers, histories }: Period, nodes: StepSight['nodes'], end: Instant): number =>
  nodes
    .filter(({ endedAt, containers }) => endedAt === undefined && [...containers].length === 0)
    .reduce((sum, { offer, startedAt }) => {
      const restMs = paidUntil(offers[offer]!.billing, startedAt, end) - end;
      return sum + (histories[offer]!.priceMicroUsdPerNodeHour.at(-1)! * restMs) / HOUR_MS;
    }, 0);

/** What is refused in the first step is not asked for anew: who waits then waits for the next one. */
const firstThen = (plan: Pick<ScoredPlan, 'offers' | 'flows'>, later: CapacityPolicy): CapacityPolicy => ({
  name: 'look-ahead',
  decide: (seen) => {
    if (seen.step > 0) return later.decide(seen);
    const wish = wishOf(seen, plan);
    return seen.round === 0 ? wish : { ...wish, starts: [] };
  },
});
