import type { DemandGroup, Forecast, GroupId } from './demand-group.js';
import { inWholeContainers } from './whole-containers.js';

const group = (groupId: string, gpusPerContainer: number): DemandGroup =>
  ({ groupId: groupId as GroupId, gpusPerContainer }) as DemandGroup;

const forecastOf = (counts: Readonly<Record<string, readonly number[]>>): Forecast => ({
  madeAt: 0,
  groups: Object.entries(counts).map(([groupId, periods]) => ({
    groupId: groupId as GroupId,
    periods: periods.map((expectedContainers) => ({ expectedContainers, quantiles: [] })),
  })),
  pooledErrors: [],
});

const groups = [group('small', 1), group('large', 8)];

test('a small fleet is planned for whole containers, the nearest ones', () => {
  const forecast = forecastOf({ small: [2, 2.4], large: [1, 1.5] });
  expect(inWholeContainers(forecast, groups, 200)).toEqual(forecastOf({ small: [2, 2], large: [1, 2] }));
});

test('a large fleet keeps fractions, which many groups share', () => {
  const forecast = forecastOf({ small: [2, 2.4], large: [1, 24.6] });
  expect(inWholeContainers(forecast, groups, 100)).toBe(forecast);
});
