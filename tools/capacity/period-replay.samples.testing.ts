import type { Outcome } from '@slipway/capacity-planner-core';
import {
  emptyStep,
  outcomeOf,
} from '../../services/capacity-planner/core/simulation/accounts/step-account.ts';

/** A run of one step that cost so much for hosts, and nothing else. */
export const emptyStepOutcome = (infrastructureMicroUsd: number): Outcome =>
  outcomeOf({ simulator: 1, policy: 'planner', period: 'a day' }, [
    { ...emptyStep(), infrastructureMicroUsd, wantedGpuMs: 1 },
  ]);
