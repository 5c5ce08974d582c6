import {
  applyWhatIf,
  approveWithout,
  diffPlans,
  explainPlan,
  nodesAfter,
  nodesBefore,
  outcomeOf,
  reject,
  stateOf,
  whyOffer,
  type OfferChoice,
  type PlanningProblem,
  type Solver,
} from '@slipway/capacity-planner-core';
import type { AnswerOf, AskOf, CapacityPlanSummary, OfferExplanation } from '@slipway/contracts';
import { accepted, eventsOf, refuse, RefusedError, type Instant } from '@slipway/kernel';
import type { ActOnPlan } from '../acting/act-on-plan.js';
import type { PlannerState } from '../journal/planner-state.js';
import type { PlanningCycle } from '../processes/plan-capacity/planning-cycle.js';
import type { MakePlan } from '../processes/plan-capacity/ports.js';
import type { PlanStore, StoredPlan } from '../store/plan-store.js';
import type { PlanFinder } from './plan-finder.js';
import { detailOf, summaryOf } from './views.js';

type Name =
  | 'list-plans'
  | 'get-plan'
  | 'diff-plan'
  | 'approve-plan'
  | 'reject-plan'
  | 'plan-now'
  | 'what-if'
  | 'explain-offer'
  | 'explain-plan'
  | 'replay-plan';
type Ask<Which extends Name> = AskOf<`capacity-planner.${Which}`>;
type Answer<Which extends Name> = Promise<AnswerOf<`capacity-planner.${Which}`>>;

/** What is asked about plans. */
export class PlanAnswers {
  constructor(
    private readonly state: PlannerState,
    private readonly plans: PlanStore,
    private readonly finder: PlanFinder,
    private readonly cycle: PlanningCycle,
    private readonly acting: Pick<ActOnPlan, 'stepsOf'>,
    private readonly makePlan: MakePlan,
    private readonly solver: Solver,
    private readonly now: () => Instant,
  ) {}

  async list({ limit, before }: Ask<'list-plans'>): Answer<'list-plans'> {
    const plans = await this.plans.list(limit, before);
    return { plans: plans.map((stored) => summaryOf(stored, this.state.decisions)) };
  }

  async get({ planId }: Ask<'get-plan'>): Answer<'get-plan'> {
    return detailOf(await this.finder.find(planId), this.state.decisions);
  }

  async diff({ planId, againstPlanId }: Ask<'diff-plan'>): Answer<'diff-plan'> {
    const stored = await this.finder.find(planId);
    const against = againstPlanId === undefined ? undefined : await this.finder.find(againstPlanId);
    const problem = await this.finder.problemOf(stored.planId);
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
        problem.offers,
      ),
      microUsdPerHourBefore: against?.plan.cost.paidMicroUsdPerHourAfter ?? cost.paidMicroUsdPerHourBefore,
      microUsdPerHourAfter: cost.paidMicroUsdPerHourAfter,
      ...(steps === undefined ? {} : { steps }),
    };
  }

  async approve({ planId, by, without = [] }: Ask<'approve-plan'>): Promise<CapacityPlanSummary> {
    const stored = await this.finder.find(planId);
    const at = this.now();
    const approval = {
      ...{ planId: stored.planId, by, at, without },
      changes: without.length === 0 ? [] : (await this.diff({ planId: stored.planId })).changes,
      paidMicroUsdPerHourAfter: stored.plan.cost.paidMicroUsdPerHourAfter,
    };
    await this.state.record(({ decisions }) => eventsOf(approveWithout(decisions, approval)), at);
    await this.cycle.decided();
    return summaryOf(stored, this.state.decisions);
  }

  async reject({ planId, by, reason }: Ask<'reject-plan'>): Promise<CapacityPlanSummary> {
    const stored = await this.finder.find(planId);
    const verdict = { planId: stored.planId, by, reason };
    await this.state.record(({ decisions }) => eventsOf(reject(decisions, verdict)), this.now());
    return summaryOf(stored, this.state.decisions);
  }

  async planNow({ by }: Ask<'plan-now'>): Promise<CapacityPlanSummary> {
    const stored = await this.cycle.plan(`asked for by ${by}`).catch((error: unknown) => {
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

  async whatIf({ planId = 'latest', ...change }: Ask<'what-if'>): Answer<'what-if'> {
    const stored = await this.finder.find(planId);
    const recorded = await this.finder.problemOf(stored.planId);
    const problem = accepted<PlanningProblem>(applyWhatIf(recorded, change));
    const startedAt = performance.now();
    const changed = await this.makePlan(problem);
    // What is no longer there has the price that it had.
    const offers = [...recorded.offers, ...problem.offers];
    return {
      basePlanId: stored.planId,
      base: outcomeOf(stored.plan),
      changed: outcomeOf(changed),
      changes: diffPlans(nodesAfter(stored.plan), changed, offers),
      horizonMs: changed.periods.reduce((sum, { lengthMs }) => sum + lengthMs, 0),
      solveMs: Math.round(performance.now() - startedAt),
    };
  }

  async explainOffer({ planId, offerId }: Ask<'explain-offer'>): Answer<'explain-offer'> {
    const stored = await this.finder.find(planId);
    return accepted<OfferExplanation>(
      whyOffer(await this.finder.problemOf(stored.planId), stored.plan, offerId),
    );
  }

  async explain({ planId }: Ask<'explain-plan'>): Answer<'explain-plan'> {
    const stored = await this.finder.find(planId);
    const problem = await this.finder.problemOf(stored.planId);
    const { choices, binding, marginal, without } = await explainPlan(problem, stored.plan, {
      solver: this.solver,
    });
    return {
      planId: stored.planId,
      binding,
      marginal,
      ...(without === undefined ? {} : { without }),
      choices: choices.map(({ offerId, nodes, price, runnerUp }) => ({
        offerId,
        nodes,
        effectiveMicroUsdPerGpuHour: price.effectiveMicroUsdPerGpuHour,
        ...(runnerUp === undefined ? {} : { runnerUp: withoutPrice(runnerUp) }),
      })),
    };
  }

  async replay({ planId }: Ask<'replay-plan'>): Answer<'replay-plan'> {
    const stored = await this.finder.find(planId);
    const problem = await this.finder.problemOf(stored.planId);
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

const withoutPrice = ({ price: _, ...runnerUp }: NonNullable<OfferChoice['runnerUp']>) => runnerUp;

/** What a plan is, without how long it took. */
const countsOf = ({ offers, flows, service, buffers, slacks, cost }: StoredPlan['plan']): object => ({
  offers,
  flows,
  service,
  buffers,
  slacks,
  cost,
});
