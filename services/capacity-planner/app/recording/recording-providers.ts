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
import { oldestPlanAt } from '../store/plan-times.js';
import {
  DEMAND,
  HOST_LEDGER,
  LEADERSHIP,
  PLANNER_STATE,
  PAST,
  RECORDING,
  RECORDING_ANSWERS,
  SITE_POLICY,
} from '../tokens.js';
import { RecordingAnswers } from './recording-answers.js';
import { recordingAsk, type RecordingParts } from './recording-ask.js';

const now = (): number => Date.now();

/** What tells of the past. */
export const recordingProviders: readonly Provider[] = [
  {
    provide: RECORDING,
    inject: [DEMAND, HOST_LEDGER, PLANNER_STATE, SITE_POLICY, CONFIG],
    useFactory: (
      demand: Demand,
      ledger: HostLedger,
      state: PlannerState,
      policy: PlanningPolicy,
      { databaseUrl, home }: CapacityPlannerConfig,
    ): RecordingParts => {
      const parts = { databaseUrl, demand, ledger, state, policy };
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
    inject: [RECORDING, LEADERSHIP, LOGGER],
    useFactory: (parts: RecordingParts, { store }: Leadership, logger: Logger) =>
      new PastOptimum({
        ...{ now, logger },
        recordedSince: () => oldestPlanAt(store.pool),
        bound: (from, until, readAt) => boundInThread(recordingAsk(parts, from, until), readAt),
      }),
  },
];
