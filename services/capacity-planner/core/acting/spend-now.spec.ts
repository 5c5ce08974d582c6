import { asked, hostAfter, offerOf, runningHost } from './acting.samples.testing.js';
import { dayMicroUsd, spendNow } from './spend-now.js';

const HOUR_MS = 3_600_000;

test('a day costs what was spent in it and what the fleet costs until its end; who was asked for is paid soon', () => {
  const host = runningHost('h1', offerOf('a'));
  const at = 10 * HOUR_MS;
  const alone = spendNow([host], at);
  expect(alone.hourlyMicroUsd).toBe(3_600_000);
  expect(dayMicroUsd(alone)).toBe(alone.spentTodayMicroUsd + 14 * 3_600_000);
  expect(spendNow([host, hostAfter(asked('h2', offerOf('a')))], at).hourlyMicroUsd).toBe(7_200_000);
});
