import { asked, hostAfter, offerOf, runningHost } from './acting.samples.testing.js';
import type { CommitmentTerms } from '@slipway/contracts';
import { spendNow } from './spend-now.js';

const HOUR_MS = 3_600_000;

test('a day costs what was spent in it and what the fleet costs until its end', () => {
  const host = runningHost('h1', offerOf('a'));
  const at = 10 * HOUR_MS;
  const alone = spendNow([host], at);
  expect(alone.hourlyMicroUsd).toBe(3_600_000);
  expect(alone.dayMicroUsd).toBe(alone.spentTodayMicroUsd + 14 * 3_600_000);
});

test('a commitment covers the hours of the day in which it is in force, however it stands now', () => {
  const covered = (from: number, until: number): number => {
    const owned: CommitmentTerms = {
      ...{ commitmentId: 'c', vendor: 'lambda', kind: 'nodes', gpuType: 'H100', nodes: 1 },
      ...{ priceMicroUsdPerNodeHour: 1, startsAt: from * HOUR_MS, endsAt: until * HOUR_MS },
    };
    const host = runningHost('h1', offerOf('a'));
    const bare = spendNow([host], 10 * HOUR_MS).dayMicroUsd;
    return (bare - spendNow([host], 10 * HOUR_MS, [owned]).dayMicroUsd) / 3_600_000;
  };
  expect([covered(0, 48), covered(0, 12), covered(18, 48), covered(12, 13), covered(30, 48)]).toEqual([
    24, 12, 6, 1, 0,
  ]);
});

test('who was asked for counts as paid, until nobody reckons any more that the vendor answers', () => {
  const hosts = [runningHost('h1', offerOf('a')), hostAfter(asked('h2', offerOf('a')))];
  const hourlyAt = (minutes: number) => spendNow(hosts, minutes * 60_000).hourlyMicroUsd;
  expect([1, 9, 11].map(hourlyAt)).toEqual([7_200_000, 7_200_000, 3_600_000]);
});

test('equal hosts are looked at together, and the day only where it is asked for', () => {
  const looksAt = (count: number, until: 'hour' | 'day'): number => {
    let looks = 0;
    const owned: CommitmentTerms = {
      ...{ commitmentId: 'c', vendor: 'lambda', kind: 'nodes', gpuType: 'H100', nodes: 1 },
      ...{ priceMicroUsdPerNodeHour: 1, startsAt: 0, endsAt: 18 * HOUR_MS },
    };
    const watched = {
      ...owned,
      get vendor() {
        looks += 1;
        return 'lambda';
      },
    };
    const hosts = Array.from({ length: count }, (_, index) => runningHost(`h${index}`, offerOf('a')));
    const spend = spendNow(hosts, 0, [watched]);
    const bill = spend.without(new Set([hosts[0]!]));
    expect(bill.hourlyMicroUsd).toBe((count - 2) * 3_600_000);
    const toCome = ((count - 2) * 18 + (count - 1) * 6) * 3_600_000;
    if (until === 'day') expect(bill.dayMicroUsd - spend.spentTodayMicroUsd).toBe(toCome);
    return looks;
  };
  expect(looksAt(100, 'hour')).toBe(looksAt(3, 'hour'));
  expect(looksAt(3, 'hour')).toBeLessThan(looksAt(3, 'day'));
});
