import type { Provider } from '@nestjs/common';
import type { PlanningPolicy } from '@slipway/capacity-planner-core';
import { CONFIG } from '@slipway/nest-kit';
import type { HostLedger } from '../acting/host-ledger.js';
import type { CapacityPlannerConfig } from '../config.js';
import type { PlannerState } from '../journal/planner-state.js';
import type { Leadership } from '../processes/lead-planner.js';
import type { Demand } from '../processes/read-demand/demand.js';
import { CatalogueStore } from '../store/catalogue-store.js';
import type { PlanStore } from '../store/plan-store.js';
import {
  DEMAND,
  HOST_LEDGER,
  LEADERSHIP,
  PLANNER_STATE,
  PLANS,
  RECORDING_ANSWERS,
  SITE_POLICY,
} from '../tokens.js';
import { RecordingAnswers } from './recording-answers.js';

const now = (): number => Date.now();

/** What tells of the past. */
export const recordingProviders: readonly Provider[] = [
  {
    provide: RECORDING_ANSWERS,
    inject: [LEADERSHIP, DEMAND, PLANS, HOST_LEDGER, PLANNER_STATE, SITE_POLICY, CONFIG],
    useFactory: (
      { store }: Leadership,
      demand: Demand,
      plans: PlanStore,
      ledger: HostLedger,
      state: PlannerState,
      policy: PlanningPolicy,
      { home }: CapacityPlannerConfig,
    ) => {
      const catalogues = new CatalogueStore(store.pool);
      const parts = { pool: store.pool, demand, plans, catalogues, ledger, state, policy };
      return new RecordingAnswers({ ...parts, ...(home === undefined ? {} : { home }) }, now);
    },
  },
];
