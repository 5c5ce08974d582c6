import type { Provider } from '@nestjs/common';
import type { PlanningPolicy } from '@slipway/capacity-planner-core';
import type { ActOnPlan } from '../acting/act-on-plan.js';
import type { CatalogueSource } from '../catalogue/catalogue-view.js';
import { explainInThread } from '../explaining/explain-in-thread.js';
import type { PlannerState } from '../journal/planner-state.js';
import type { Leadership } from '../processes/lead-planner.js';
import type { PlanTriggers } from '../processes/plan-capacity/plan-triggers.js';
import type { PlanningCycle } from '../processes/plan-capacity/planning-cycle.js';
import type { FleetSource, MakePlan } from '../processes/plan-capacity/ports.js';
import type { Demand } from '../processes/read-demand/demand.js';
import type { PlanStore } from '../store/plan-store.js';
import {
  ACTING,
  CATALOGUE,
  CONTROL_ANSWERS,
  CYCLE,
  DEMAND,
  EVENT_ANSWERS,
  FLEET,
  KEPT_PLANS,
  LEADERSHIP,
  MAKE_PLAN,
  MARKET_ANSWERS,
  PLANNER_STATE,
  PLANS,
  PLAN_ANSWERS,
  QUESTION_ANSWERS,
  SITE_POLICY,
  TRIGGERS,
} from '../tokens.js';
import { ControlAnswers } from './control-answers.js';
import { EventAnswers } from './event-answers.js';
import { KeptPlans } from './kept-plans.js';
import { MarketAnswers } from './market-answers.js';
import { PlanAnswers } from './plan-answers.js';
import { QuestionAnswers } from './question-answers.js';

const now = (): number => Date.now();

/** Those who answer what operators ask. */
export const answerProviders: readonly Provider[] = [
  {
    provide: EVENT_ANSWERS,
    inject: [LEADERSHIP, PLANNER_STATE],
    useFactory: ({ store }: Leadership, { journal }: PlannerState) =>
      new EventAnswers(store.log, () => journal.lastPosition),
  },
  {
    provide: KEPT_PLANS,
    inject: [PLANNER_STATE, PLANS],
    useFactory: (state: PlannerState, plans: PlanStore) => new KeptPlans(state, plans),
  },
  {
    provide: PLAN_ANSWERS,
    inject: [PLANNER_STATE, PLANS, KEPT_PLANS, CYCLE, ACTING, MAKE_PLAN, FLEET],
    useFactory: (
      state: PlannerState,
      plans: PlanStore,
      kept: KeptPlans,
      cycle: PlanningCycle,
      acting: ActOnPlan,
      makePlan: MakePlan,
      fleet: FleetSource,
    ) => new PlanAnswers(state, plans, kept, cycle, acting, makePlan, fleet, now),
  },
  {
    provide: QUESTION_ANSWERS,
    inject: [KEPT_PLANS, MAKE_PLAN, CATALOGUE],
    useFactory: (kept: KeptPlans, makePlan: MakePlan, catalogue: CatalogueSource) =>
      new QuestionAnswers(kept, makePlan, explainInThread(), catalogue),
  },
  {
    provide: CONTROL_ANSWERS,
    inject: [PLANNER_STATE, SITE_POLICY, TRIGGERS, CATALOGUE],
    useFactory: (
      state: PlannerState,
      policy: PlanningPolicy,
      triggers: PlanTriggers,
      catalogue: CatalogueSource,
    ) => new ControlAnswers(state, policy, now, triggers, catalogue),
  },
  {
    provide: MARKET_ANSWERS,
    inject: [CATALOGUE, DEMAND, KEPT_PLANS, PLANNER_STATE],
    useFactory: (catalogue: CatalogueSource, demand: Demand, kept: KeptPlans, state: PlannerState) =>
      new MarketAnswers(catalogue, demand, kept, state, now),
  },
];
