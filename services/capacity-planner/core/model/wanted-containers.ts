import type { DemandGroup, Forecast } from '../demand/demand-group.js';

/**
 * Containers wanted, by group and period: the forecast, or the floor where that is higher. The first period is rounded to whole
 * containers, up from a half. Later ones too while fewer GPUs are wanted than `wholeBelowGpus`: whole nodes are planned for then, and
 * a whole node for a tenth of a container is seldom wanted; surprises are for the buffer. Else they keep their fractions (to a
 * thousandth), since many groups share nodes and rounding them up buys idle ones.
 */
export const wantedContainers = (
  groups: readonly DemandGroup[],
  forecast: Forecast,
  periods: number,
  wholeBelowGpus: number,
): readonly (readonly number[])[] => {
  const byGroup = new Map(forecast.groups.map((entry) => [entry.groupId, entry.periods]));
  const expectedOf = ({ groupId }: DemandGroup, period: number): number =>
    byGroup.get(groupId)?.[period]?.expectedContainers ?? 0;
  const mostGpus = Array.from({ length: periods }, (_, period) =>
    groups.reduce((sum, group) => sum + expectedOf(group, period) * Math.max(1, group.gpusPerContainer), 0),
  ).reduce((most, gpus) => Math.max(most, gpus), 0);
  const isWhole = mostGpus < wholeBelowGpus;
  return groups.map((group) =>
    Array.from({ length: periods }, (_, period) => {
      const expected = expectedOf(group, period);
      const exact = period === 0 || isWhole ? Math.floor(expected + 0.5) : Math.round(expected * 1000) / 1000;
      return Math.max(exact, group.floorContainers);
    }),
  );
};
