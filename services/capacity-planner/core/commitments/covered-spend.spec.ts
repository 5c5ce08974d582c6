import type { CommitmentTerms } from '@slipway/contracts';
import {
  hostAfter,
  accepted,
  asked,
  joined,
  offerOf,
  runningHost,
} from '../acting/acting.samples.testing.js';
import { spendNow } from '../acting/spend-now.js';
import { coveredMicroUsd } from './covered-spend.js';
import { hostCommitments } from './host-commitments.js';

const HOUR_MS = 3_600_000;
const one = offerOf('a');
/** Two hosts at 3.60 dollars an hour each, from the beginning. */
const hosts = [runningHost('h1', one), runningHost('h2', one)];
const owned: CommitmentTerms = {
  ...{ commitmentId: 'c', vendor: one.vendor, kind: 'nodes', gpuType: 'H100', nodes: 1 },
  ...{ priceMicroUsdPerNodeHour: 1_000_000, startsAt: 2 * HOUR_MS, endsAt: 5 * HOUR_MS },
};

test('of two hosts one is covered, from the beginning of the commitment until its end', () => {
  const covered = [1, 2, 3, 5, 9].map((hour) => coveredMicroUsd(hosts, [owned], 0, hour * HOUR_MS));
  expect(covered).toEqual([0, 0, 3_600_000, 10_800_000, 10_800_000]);
  expect(coveredMicroUsd(hosts, [owned], 4 * HOUR_MS, 9 * HOUR_MS)).toBe(3_600_000);
});

test('what a host has cost within its minimum is covered as it is billed', () => {
  const ended = hostAfter(asked('h1', one), accepted('h1'), joined('h1'), {
    type: 'host-ended',
    data: { hostId: 'h1', how: 'stopped', endedAt: 3_000, because: 'spec' },
  });
  expect(coveredMicroUsd([ended], [{ ...owned, startsAt: 0 }], 0, HOUR_MS)).toBe(60_000);
});

test('spending is what is paid beside commitments; what these cost is told apart', () => {
  const at = 4 * HOUR_MS;
  const spend = spendNow(hosts, at, [owned]);
  expect([spend.hourlyMicroUsd, spend.spentTodayMicroUsd]).toEqual([3_600_000, 2 * 14_400_000 - 7_200_000]);
  expect(hostCommitments(hosts, [owned], at)).toEqual({
    coveredMicroUsd: 7_200_000,
    coveredMicroUsdPerHour: 3_600_000,
    paidMicroUsdPerHour: 1_000_000,
  });
  expect(spendNow(hosts, 6 * HOUR_MS, [owned]).hourlyMicroUsd).toBe(7_200_000);
});
