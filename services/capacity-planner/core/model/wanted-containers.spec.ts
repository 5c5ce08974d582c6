import type { DemandGroup, Forecast, GroupId } from '../demand/demand-group.js';
import { wantedContainers } from './wanted-containers.js';

const group = (groupId: string, gpusPerContainer: number, floorContainers = 0): DemandGroup =>
  ({ groupId: groupId as GroupId, gpusPerContainer, floorContainers }) as DemandGroup;

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
  expect(wantedContainers(groups, forecast, 2, 200)).toEqual([
    [2, 2],
    [1, 2],
  ]);
});

test('a large fleet keeps the fractions of later periods, which many groups share', () => {
  const forecast = forecastOf({ small: [2.5, 2.4], large: [1, 24.6] });
  expect(wantedContainers(groups, forecast, 2, 100)).toEqual([
    [3, 2.4],
    [1, 24.6],
  ]);
});

test('a floor is wanted whatever the forecast says', () => {
  expect(wantedContainers([group('small', 1, 4)], forecastOf({ small: [2, 5.2] }), 2, 100)).toEqual([[4, 5]]);
});
