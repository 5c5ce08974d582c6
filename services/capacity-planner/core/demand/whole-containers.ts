import type { DemandGroup, Forecast } from './demand-group.js';

/**
 * The forecast in whole containers, each rounded to the nearest, where fewer GPUs are wanted than `belowGpus`: whole nodes are planned
 * for, and a whole node for a tenth of a container is seldom wanted. What is above is for the buffer. Large fleets keep fractions,
 * since many groups share nodes.
 */
export const inWholeContainers = (
  forecast: Forecast,
  groups: readonly DemandGroup[],
  belowGpus: number,
): Forecast => {
  const sizes = new Map(
    groups.map(({ groupId, gpusPerContainer }) => [groupId, Math.max(1, gpusPerContainer)]),
  );
  const periods = forecast.groups[0]?.periods.length ?? 0;
  const gpus = Array.from({ length: periods }, (_, period) =>
    forecast.groups.reduce(
      (sum, { groupId, periods: counts }) =>
        sum + (counts[period]?.expectedContainers ?? 0) * (sizes.get(groupId) ?? 1),
      0,
    ),
  );
  if (Math.max(0, ...gpus) >= belowGpus) return forecast;
  return {
    ...forecast,
    groups: forecast.groups.map(({ groupId, periods: counts }) => ({
      groupId,
      periods: counts.map((count) => ({
        ...count,
        expectedContainers: Math.round(count.expectedContainers),
      })),
    })),
  };
};
