import {
  applyWhatIf,
  diffPlans,
  nodesAfter,
  outcomeOf,
  withoutFutures,
  type OfferChoice,
  type Plan,
  type PlanningProblem,
  type Quarantined,
} from '@slipway/capacity-planner-core';
import type { AnswerOf, AskOf, OfferExplanation } from '@slipway/contracts';
import { accepted, refuse, RefusedError } from '@slipway/kernel';
import type { CatalogueSource } from '../catalogue/catalogue-view.js';
import type { Explainer } from '../explaining/explainer.js';
import type { MakePlan } from '../processes/plan-capacity/ports.js';
import type { KeptPlans } from './kept-plans.js';

type Name = 'what-if' | 'explain-offer' | 'explain-plan';
type Ask<Which extends Name> = AskOf<`capacity-planner.${Which}`>;
type Answer<Which extends Name> = Promise<AnswerOf<`capacity-planner.${Which}`>>;

/** Why a plan is as it is, and what it would be from something else. */
export class QuestionAnswers {
  constructor(
    private readonly kept: KeptPlans,
    private readonly makePlan: MakePlan,
    private readonly explainer: Explainer,
    private readonly catalogue: CatalogueSource,
  ) {}

  async whatIf({ planId = 'latest', ...change }: Ask<'what-if'>): Answer<'what-if'> {
    const stored = await this.kept.find(planId);
    const recorded = await this.kept.problemOf(stored.planId);
    const problem = accepted<PlanningProblem>(applyWhatIf(recorded, change));
    const startedAt = performance.now();
    const [base, changed] = await Promise.all([
      this.asExpected(stored.plan, recorded),
      this.makePlan(problem),
    ]);
    // What is no longer there has the price that it had.
    const offers = [...recorded.offers, ...problem.offers];
    return {
      basePlanId: stored.planId,
      base: outcomeOf(base),
      baseIs: base === stored.plan ? 'the-plan' : 'as-expected',
      changed: outcomeOf(changed),
      changes: diffPlans(nodesAfter(base), changed, offers),
      horizonMs: changed.periods.reduce((sum, { lengthMs }) => sum + lengthMs, 0),
      solveMs: Math.round(performance.now() - startedAt),
    };
  }

  /** A what-if changes what is expected: it is compared with the plan for that, not with one that was rehearsed in many futures. */
  private asExpected(plan: Plan, problem: PlanningProblem): Plan | Promise<Plan> {
    return plan.solution.lookAhead === undefined
      ? plan
      : this.makePlan({ ...problem, forecast: withoutFutures(problem.forecast) });
  }

  async explainOffer({ planId, offerId }: Ask<'explain-offer'>): Answer<'explain-offer'> {
    const stored = await this.kept.find(planId);
    const problem = await this.kept.problemOf(stored.planId);
    const answer = await said(this.explainer.offer(problem, stored.plan, offerId));
    const { doubted } = await this.catalogue.current();
    const jump = doubted.find((price) => price.offerId === offerId);
    return {
      ...accepted<OfferExplanation>(answer),
      ...(jump === undefined ? {} : { doubted: doubtOf(jump) }),
    };
  }

  async explain({ planId }: Ask<'explain-plan'>): Answer<'explain-plan'> {
    const stored = await this.kept.find(planId);
    const problem = await this.kept.problemOf(stored.planId);
    const { choices, ...prices } = await said(this.explainer.plan(problem, stored.plan));
    return {
      planId: stored.planId,
      ...prices,
      choices: choices.map(({ offerId, nodes, price, runnerUp }) => ({
        offerId,
        nodes,
        effectiveMicroUsdPerGpuHour: price.effectiveMicroUsdPerGpuHour,
        ...(runnerUp === undefined ? {} : { runnerUp: withoutPrice(runnerUp) }),
      })),
    };
  }
}

/** What went wrong in explaining is the caller's to know. */
const said = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
  answer.catch((error: unknown) => {
    const because = error instanceof Error ? error.message : String(error);
    throw new RefusedError(refuse('unavailable', 'explaining-failed', `Nothing could be said: ${because}.`));
  });

const doubtOf = ({ formerMicroUsdPerNodeHour, saidMicroUsdPerNodeHour, timesSaid }: Quarantined) => ({
  ...{ formerMicroUsdPerNodeHour, saidMicroUsdPerNodeHour, timesSaid },
});

const withoutPrice = ({ price: _, ...runnerUp }: NonNullable<OfferChoice['runnerUp']>) => runnerUp;
