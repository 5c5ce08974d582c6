import type { DemandGroup, Forecast } from '../demand/demand-group.js';

/**
 * Containers wanted, by group and period: the forecast, or the floor where that is higher. The first period is rounded to whole
 * containers, up from a half; later ones keep their fractions (to a thousandth), since rounding many groups up buys idle nodes.
 */
export const wantedContainers = (
  groups: readonly DemandGroup[],
  forecast: Forecast,
  periods: number,
): readonly (readonly number[])[] => {
  const byGroup = new Map(forecast.groups.map((entry) => [entry.groupId, entry.periods]));
  return groups.map(({ groupId, floorContainers }) => {
    const expected = byGroup.get(groupId) ?? [];
    return Array.from({ length: periods }, (_, index) => {
      const containers = expected[index]?.expectedContainers ?? 0;
      const exact = index === 0 ? Math.floor(containers + 0.5) : Math.round(containers * 1000) / 1000;
      return Math.max(exact, floorContainers);
    });
  });
};
