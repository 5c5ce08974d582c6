import type { Provider } from '@nestjs/common';
import type { PlanningPolicy } from '@slipway/capacity-planner-core';
import { CONFIG, LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { HostLedger } from '../acting/host-ledger.js';
import type { CapacityPlannerConfig } from '../config.js';
import type { PlannerState } from '../journal/planner-state.js';
import { boundInThread } from '../past/bound-in-thread.js';
import { PastOptimum } from '../past/past-optimum.js';
import type { Leadership } from '../processes/lead-planner.js';
import type { Demand } from '../processes/read-demand/demand.js';
import { CatalogueStore } from '../store/catalogue-store.js';
import type { PlanStore } from '../store/plan-store.js';
import { oldestPlanAt } from '../store/plan-times.js';
import {
  DEMAND,
  HOST_LEDGER,
  LEADERSHIP,
  PLANNER_STATE,
  PAST,
  PLANS,
  RECORDING,
  RECORDING_ANSWERS,
  SITE_POLICY,
} from '../tokens.js';
import { recordFromStores, type RecordingParts } from './record-from-stores.js';
import { RecordingAnswers } from './recording-answers.js';

const now = (): number => Date.now();

/** What tells of the past. */
export const recordingProviders: readonly Provider[] = [
  {
    provide: RECORDING,
    inject: [LEADERSHIP, DEMAND, PLANS, HOST_LEDGER, PLANNER_STATE, SITE_POLICY, CONFIG],
    useFactory: (
      { store }: Leadership,
      demand: Demand,
      plans: PlanStore,
      ledger: HostLedger,
      state: PlannerState,
      policy: PlanningPolicy,
      { home }: CapacityPlannerConfig,
    ): RecordingParts => {
      const catalogues = new CatalogueStore(store.pool);
      const parts = { pool: store.pool, demand, plans, catalogues, ledger, state, policy };
      return { ...parts, ...(home === undefined ? {} : { home }) };
    },
  },
  {
    provide: RECORDING_ANSWERS,
    inject: [RECORDING],
    useFactory: (parts: RecordingParts) => new RecordingAnswers(parts, now),
  },
  {
    provide: PAST,
    inject: [RECORDING, LOGGER],
    useFactory: (parts: RecordingParts, logger: Logger) =>
      new PastOptimum({
        ...{ now, logger, bound: boundInThread },
        recordedSince: () => oldestPlanAt(parts.pool),
        record: (from, until) => recordFromStores(parts, from, until),
      }),
  },
];
