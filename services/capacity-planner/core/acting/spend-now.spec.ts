import { asked, hostAfter, offerOf, runningHost } from './acting.samples.testing.js';
import { dayMicroUsd, spendNow } from './spend-now.js';

const HOUR_MS = 3_600_000;

test('a day costs what was spent in it and what the fleet costs until its end', () => {
  const host = runningHost('h1', offerOf('a'));
  const at = 10 * HOUR_MS;
  const alone = spendNow([host], at);
  expect(alone.hourlyMicroUsd).toBe(3_600_000);
  expect(dayMicroUsd(alone)).toBe(alone.spentTodayMicroUsd + 14 * 3_600_000);
});

test('who was asked for counts as paid, until nobody reckons any more that the vendor answers', () => {
  const hosts = [runningHost('h1', offerOf('a')), hostAfter(asked('h2', offerOf('a')))];
  const hourlyAt = (minutes: number) => spendNow(hosts, minutes * 60_000).hourlyMicroUsd;
  expect([1, 9, 11].map(hourlyAt)).toEqual([7_200_000, 7_200_000, 3_600_000]);
});
