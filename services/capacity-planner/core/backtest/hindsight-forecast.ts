import type { Forecast } from '../demand/demand-group.js';
import type { PlanningPolicy } from '../policy.js';
import type { Period } from '../simulation/period.js';
import type { Observation } from '../simulation/policy-port.js';

/** The forecast of somebody who knows the period's demand; behind its end all stays as it was last. */
export const hindsightForecast =
  (period: Period) =>
  ({ at, step, groups }: Observation, { horizon }: PlanningPolicy): Forecast => ({
    madeAt: at,
    groups: groups.map(({ groupId }, group) => {
      let from = period.pastSteps + step;
      return {
        groupId,
        periods: horizon.periodsMs.map((lengthMs) => {
          const steps = Math.max(1, Math.round(lengthMs / period.stepMs));
          const counts = Array.from({ length: steps }, (_, index) =>
            countAt(period.demand[group]!, from + index),
          );
          from += steps;
          return {
            expectedContainers: counts.reduce((sum, count) => sum + count, 0) / steps,
            quantiles: [],
          };
        }),
      };
    }),
    pooledErrors: [],
  });

const countAt = (counts: readonly number[], step: number): number =>
  counts[Math.min(step, counts.length - 1)]!;
