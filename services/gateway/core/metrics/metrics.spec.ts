import { metricBuckets } from './metric-buckets.js';
import { chooseMetricGroups, METRIC_GROUPS, SERVER_METRIC_GROUPS } from './metric-groups.js';

const HOUR_MS = 3_600_000;

test('an hour has buckets of a minute, a day of a quarter of an hour', () => {
  expect(metricBuckets({ since: 0, until: HOUR_MS }, undefined)).toMatchObject({
    widthMs: 60_000,
    count: 60,
  });
  expect(metricBuckets({ since: 0, until: 24 * HOUR_MS }, undefined)).toMatchObject({
    widthMs: 15 * 60_000,
    count: 96,
  });
});

test('both ends are rounded down to whole buckets', () => {
  expect(metricBuckets({ since: 90_000, until: 250_000 }, 120)).toEqual({
    startsAt: 0,
    stopsAt: 240_000,
    widthMs: 120_000,
    count: 2,
  });
});

test.each([
  [HOUR_MS, 7, 'bucket-size'],
  [24 * HOUR_MS, 60, 'too-many-buckets'],
  [32 * 24 * HOUR_MS, undefined, 'metrics-range'],
])('%d ms in buckets of %s s are refused', (until, width, code) => {
  expect(metricBuckets({ since: 0, until }, width)).toMatchObject({ refused: 'invalid', code });
});

test('a group that is not there is named, with those that are', () => {
  expect(chooseMetricGroups(['gpu'], METRIC_GROUPS)).toMatchObject({
    message: expect.stringMatching(/'gpu'.*calls, containers/),
  });
  expect(chooseMetricGroups([], METRIC_GROUPS)).toEqual(METRIC_GROUPS);
  expect(chooseMetricGroups(['containers'], METRIC_GROUPS)).not.toEqual([]);
});

test('a server has requests in the place of inputs', () => {
  expect(chooseMetricGroups(['calls'], SERVER_METRIC_GROUPS)).toMatchObject({
    message: expect.stringMatching(/'calls'.*requests, containers/),
  });
});
