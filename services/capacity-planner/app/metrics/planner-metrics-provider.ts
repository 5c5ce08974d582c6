import type { Provider } from '@nestjs/common';
import { policyOf, type PlanningPolicy } from '@slipway/capacity-planner-core';
import { CONFIG, METRICS } from '@slipway/nest-kit';
import type { createMetrics } from '@slipway/telemetry';
import type { CapacityPlannerConfig } from '../config.js';
import type { PlannerState } from '../journal/planner-state.js';
import type { Demand } from '../processes/read-demand/demand.js';
import { DEMAND, PLANNER_METRICS, PLANNER_STATE, SITE_POLICY } from '../tokens.js';
import { watchPlacements } from './placement-metrics.js';
import { PlannerMetrics } from './planner-metrics.js';
import { watchPlanner } from './watch-planner.js';

const now = (): number => Date.now();

/** Figures of plans and of demand. */
export const plannerMetricsProvider: Provider = {
  provide: PLANNER_METRICS,
  inject: [METRICS, DEMAND, PLANNER_STATE, SITE_POLICY, CONFIG],
  useFactory: (
    registry: ReturnType<typeof createMetrics>,
    demand: Demand,
    state: PlannerState,
    policy: PlanningPolicy,
    { plans }: CapacityPlannerConfig,
  ) => {
    const metrics = new PlannerMetrics(registry);
    watchPlanner(registry, {
      now,
      wanted: () => demand.wanted(),
      demandKnownAt: () => demand.lastKnownAt,
      mode: () => (state.control.frozen === undefined ? 'running' : 'frozen'),
      waitingSince: () => state.waitingSince,
      maxPriceAgeMs: () => policyOf(state.control, policy).guardrails.maxPriceAgeMs,
      plans,
    });
    watchPlacements(registry, () => demand.placedLately());
    return metrics;
  },
};
