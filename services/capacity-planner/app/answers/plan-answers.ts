import {
  approveWithout,
  diffPlans,
  nodesAfter,
  nodesBefore,
  outcomeOf,
  reject,
  stateOf,
} from '@slipway/capacity-planner-core';
import type { AnswerOf, AskOf, CapacityPlanSummary } from '@slipway/contracts';
import { eventsOf, refuse, RefusedError, type Instant } from '@slipway/kernel';
import type { ActOnPlan } from '../acting/act-on-plan.js';
import type { PlannerState } from '../journal/planner-state.js';
import { askedForBy } from '../processes/plan-capacity/plan-trigger.js';
import type { PlanningCycle } from '../processes/plan-capacity/planning-cycle.js';
import type { FleetSource, MakePlan } from '../processes/plan-capacity/ports.js';
import type { PlanStore, StoredPlan } from '../store/plan-store.js';
import type { KeptPlans } from './kept-plans.js';
import { detailOf, summaryOf } from './views.js';

type Name =
  'list-plans' | 'get-plan' | 'diff-plan' | 'approve-plan' | 'reject-plan' | 'plan-now' | 'replay-plan';
type Ask<Which extends Name> = AskOf<`capacity-planner.${Which}`>;
type Answer<Which extends Name> = Promise<AnswerOf<`capacity-planner.${Which}`>>;

/** What is asked about plans. */
export class PlanAnswers {
  constructor(
    private readonly state: PlannerState,
    private readonly plans: PlanStore,
    private readonly kept: KeptPlans,
    private readonly cycle: PlanningCycle,
    private readonly acting: Pick<ActOnPlan, 'stepsOf'>,
    private readonly makePlan: MakePlan,
    private readonly fleet: FleetSource,
    private readonly now: () => Instant,
  ) {}

  async list({ limit, before }: Ask<'list-plans'>): Answer<'list-plans'> {
    const plans = await this.plans.list(limit, before);
    return { plans: plans.map((stored) => summaryOf(stored, this.state.decisions)) };
  }

  async get({ planId }: Ask<'get-plan'>): Answer<'get-plan'> {
    return detailOf(await this.kept.find(planId), this.state.decisions);
  }

  async diff({ planId, againstPlanId }: Ask<'diff-plan'>): Answer<'diff-plan'> {
    const stored = await this.kept.find(planId);
    const against = againstPlanId === undefined ? undefined : await this.kept.find(againstPlanId);
    const problem = await this.kept.problemOf(stored.planId);
    const before = against && (await this.kept.readableProblemOf(against.planId));
    const { cost } = stored.plan;
    const state = stateOf(this.state.decisions, stored.planId);
    const isFollowed = against === undefined && (state === 'in-force' || state === 'waiting');
    const steps = isFollowed ? this.acting.stepsOf({ stored, problem }, state) : undefined;
    return {
      planId: stored.planId,
      ...(against === undefined ? {} : { againstPlanId: against.planId }),
      changes: diffPlans(
        against === undefined ? nodesBefore(stored.plan) : nodesAfter(against.plan),
        stored.plan,
        // What is no longer there has the price that it had.
        [...(before?.offers ?? []), ...problem.offers],
      ),
      microUsdPerHourBefore: against?.plan.cost.paidMicroUsdPerHourAfter ?? cost.paidMicroUsdPerHourBefore,
      microUsdPerHourAfter: cost.paidMicroUsdPerHourAfter,
      ...(steps === undefined ? {} : { steps }),
    };
  }

  async approve({ planId, by, without = [] }: Ask<'approve-plan'>): Promise<CapacityPlanSummary> {
    const stored = await this.kept.find(planId);
    const at = this.now();
    const { holdings } = await this.fleet.look(at);
    const approval = {
      ...{ planId: stored.planId, by, at, without },
      heldNow: new Map(holdings.map(({ offerId, nodes }) => [offerId, nodes])),
      changes: without.length === 0 ? [] : (await this.diff({ planId: stored.planId })).changes,
      paidMicroUsdPerHourAfter: stored.plan.cost.paidMicroUsdPerHourAfter,
    };
    await this.state.record(({ decisions }) => eventsOf(approveWithout(decisions, approval)), at);
    await this.cycle.decided();
    return summaryOf(stored, this.state.decisions);
  }

  async reject({ planId, by, reason }: Ask<'reject-plan'>): Promise<CapacityPlanSummary> {
    const stored = await this.kept.find(planId);
    const verdict = { planId: stored.planId, by, reason };
    await this.state.record(({ decisions }) => eventsOf(reject(decisions, verdict)), this.now());
    return summaryOf(stored, this.state.decisions);
  }

  async planNow({ by }: Ask<'plan-now'>): Promise<CapacityPlanSummary> {
    const stored = await this.cycle.planAnew(askedForBy(by)).catch((error: unknown) => {
      if (error instanceof RefusedError) throw error;
      const because = error instanceof Error ? error.message : String(error);
      throw new RefusedError(refuse('unavailable', 'planning-failed', `No plan could be made: ${because}.`));
    });
    if (stored === undefined)
      throw new RefusedError(
        refuse(
          'conflict',
          'nothing-to-plan',
          'Nothing is wanted, held or reserved, so there is nothing to plan.',
        ),
      );
    return summaryOf(stored, this.state.decisions);
  }

  async replay({ planId }: Ask<'replay-plan'>): Answer<'replay-plan'> {
    const stored = await this.kept.find(planId);
    const problem = await this.kept.problemOf(stored.planId);
    const again = await this.makePlan(problem);
    return {
      planId: stored.planId,
      identical: JSON.stringify(countsOf(again)) === JSON.stringify(countsOf(stored.plan)),
      before: outcomeOf(stored.plan),
      now: outcomeOf(again),
      changes: diffPlans(nodesAfter(stored.plan), again, problem.offers),
    };
  }
}

/** What a plan is, without how long it took. */
const countsOf = ({ offers, flows, service, buffers, slacks, cost }: StoredPlan['plan']): object => ({
  offers,
  flows,
  service,
  buffers,
  slacks,
  cost,
});
