import type { CommitmentTerms } from '@slipway/contracts';
import { opponents } from '../opponents/opponents.js';
import { generatePeriod } from '../simulation/generate/generate-period.js';
import { simulate } from '../simulation/simulate.js';
import { CostWatch } from './cost-parts.js';
import { committedMicroUsd, CoverWatch } from './cover-watch.js';

const HOUR_MS = 3_600_000;
const period = generatePeriod({ seed: 5, size: 'small', steps: 12 });
const { startsAt, stepMs, steps, warmUpSteps, offers } = period;
const [from, until] = [startsAt + warmUpSteps * stepMs, startsAt + steps * stepMs];

/** What of the hosts of one policy's run these commitments pay, beside what all of them cost. */
const run = async (commitments: readonly CommitmentTerms[]) => {
  const [costs, cover] = [new CostWatch(period), new CoverWatch(period, commitments)];
  const outcome = await simulate(period, opponents['sticky-greedy'](period), (sight) => {
    costs.watch(sight);
    cover.watch(sight);
  });
  return { outcome, parts: costs.parts(outcome), coveredMicroUsd: cover.coveredMicroUsd };
};
const vendors = [...new Set(offers.map(({ vendor }) => vendor))];
const allOfBills = (startsAt: number, endsAt: number): readonly CommitmentTerms[] =>
  vendors.map((vendor) => ({
    ...{ commitmentId: vendor, vendor, startsAt, endsAt, kind: 'spend' },
    ...{ coveredMicroUsdPerHour: 10_000_000_000, priceMicroUsdPerHour: 1 },
  }));

describe('what commitments cover of a simulated fleet', () => {
  test('is all that firm hosts cost while they run, where they pay for all of the bill, and the accounts stay as they are', async () => {
    const plain = await run([]);
    const { outcome, parts, coveredMicroUsd } = await run(allOfBills(0, until));
    expect(plain.coveredMicroUsd).toBe(0);
    expect(outcome).toEqual(plain.outcome);
    const ran = parts.busyOnDemand + parts.busySpot + parts.idle + parts.starting;
    expect(coveredMicroUsd).toBeGreaterThan(0.99 * parts.busyOnDemand);
    expect(coveredMicroUsd).toBeLessThanOrEqual(ran - parts.busySpot + 1);
  });

  test('adds up, from moment to moment', async () => {
    const middle = from + (until - from) / 2 + 61_000;
    const [before, after, all] = await Promise.all(
      [allOfBills(0, middle), allOfBills(middle, until), allOfBills(0, until)].map(run),
    );
    expect(before!.coveredMicroUsd).toBeGreaterThan(0);
    expect(before!.coveredMicroUsd + after!.coveredMicroUsd).toBeCloseTo(all!.coveredMicroUsd, -1);
  });

  test('is no more nodes than were committed to', async () => {
    const dearest = Math.max(...offers.map(({ billing }) => billing.priceMicroUsdPerNodeHour));
    const { instanceType, vendor } = offers.find(({ purchase }) => purchase === 'on-demand')!;
    const { coveredMicroUsd } = await run([
      {
        ...{ kind: 'nodes', nodes: 1, vendor, instanceType, priceMicroUsdPerNodeHour: 1 },
        ...{ commitmentId: 'c', startsAt: 0, endsAt: until },
      },
    ]);
    expect(coveredMicroUsd).toBeLessThanOrEqual((dearest * (until - from)) / HOUR_MS);
  });
});

test('commitments cost what they cost while they are in force, used or not', () => {
  const two = {
    kind: 'nodes',
    vendor: 'v',
    gpuType: 'H100',
    nodes: 2,
    priceMicroUsdPerNodeHour: 3_000_000,
  } as const;
  const terms = { ...two, commitmentId: 'c', startsAt: HOUR_MS, endsAt: 3 * HOUR_MS };
  expect(committedMicroUsd([terms], 0, 2 * HOUR_MS)).toBe(6_000_000);
  expect(committedMicroUsd([terms, { ...terms, commitmentId: 'd' }], 0, 9 * HOUR_MS)).toBe(24_000_000);
  expect(committedMicroUsd([terms], 3 * HOUR_MS, 9 * HOUR_MS)).toBe(0);
});
