import type { Provider } from '@nestjs/common';
import { CommitmentAnswers } from './answers/commitment-answers.js';
import type { KeptPlans } from './answers/kept-plans.js';
import { TermAnswers } from './answers/term-answers.js';
import type { CatalogueSource } from './catalogue/catalogue-view.js';
import type { PlannerState } from './journal/planner-state.js';
import type { Leadership } from './processes/lead-planner.js';
import type { PlanTriggers } from './processes/plan-capacity/plan-triggers.js';
import type { FleetSource } from './processes/plan-capacity/ports.js';
import { CatalogueStore } from './store/catalogue-store.js';
import {
  CATALOGUE,
  COMMITMENT_ANSWERS,
  FLEET,
  KEPT_PLANS,
  LEADERSHIP,
  PLANNER_STATE,
  TERM_ANSWERS,
  TRIGGERS,
} from './tokens.js';

const now = (): number => Date.now();

/** What was committed to, and what could be. */
export const commitmentProviders: readonly Provider[] = [
  {
    provide: COMMITMENT_ANSWERS,
    inject: [PLANNER_STATE, CATALOGUE, FLEET, TRIGGERS],
    useFactory: (
      state: PlannerState,
      catalogue: CatalogueSource,
      fleet: FleetSource,
      triggers: PlanTriggers,
    ) => new CommitmentAnswers(state, catalogue, fleet, triggers, now),
  },
  {
    provide: TERM_ANSWERS,
    inject: [KEPT_PLANS, LEADERSHIP],
    useFactory: (kept: KeptPlans, { store }: Leadership) =>
      new TermAnswers(kept, new CatalogueStore(store.pool)),
  },
];
