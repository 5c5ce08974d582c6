import type { Forecast, GroupForecast } from '../demand/demand-group.js';
import { forecastDemand } from '../demand/forecast-demand.js';
import type { PlanningPolicy } from '../policy.js';
import type { Observation } from '../simulation/policy-port.js';

/**
 * The forecast that the platform makes, from what the simulator has shown until now. What is wanted in this step is known; the
 * periods behind it are foretold.
 */
export const seasonalForecast = (seen: Observation, { horizon }: PlanningPolicy): Forecast => {
  const { at, stepMs, groups, wanted } = seen;
  const past = groups.map((_, group) => seen.past(group));
  const steps = past[0]!.map((_, step) => ({
    startsAt: at + (step + 1 - past[0]!.length) * stepMs,
    containers: Object.fromEntries(groups.map(({ groupId }, group) => [groupId, past[group]![step]!])),
  }));
  const foretold = forecastDemand({
    at: at + stepMs,
    groups,
    steps,
    wantedNow: new Map(),
    periodsMs: horizon.periodsMs.slice(1),
    stepMs,
    futuresFrom: { at, wanted: new Map(groups.map(({ groupId }, group) => [groupId, wanted[group]!])) },
  });
  return {
    ...foretold,
    madeAt: at,
    groups: foretold.groups.map(({ groupId, periods }, group): GroupForecast => ({
      groupId,
      periods: [{ expectedContainers: wanted[group]!, quantiles: [] }, ...periods],
    })),
  };
};
