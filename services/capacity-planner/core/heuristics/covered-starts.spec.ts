import type { Commitment } from '../catalogue/offer.js';
import { prepare } from '../model/prepare.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { CoveredStarts } from './covered-starts.js';

const HOUR_MS = 3_600_000;
const offers = [plainOffer('a', 1, 2), plainOffer('b', 1, 3), plainOffer('held', 1, 9, { vendor: 'other' })];
const term = { startsAt: 0, endsAt: HOUR_MS, priceMicroUsdPerHour: 1 };
const ofNodes = (commitmentId: string, nodes: number, ...named: readonly number[]): Commitment => ({
  ...{ ...term, commitmentId, kind: 'nodes', nodes },
  offerIds: named.map((index) => offers[index]!.offerId),
});
const share: Commitment = {
  ...{ ...term, commitmentId: 'share', kind: 'spend', vendor: 'vendor' },
  coveredMicroUsdPerHour: 4_000_000,
};

/** Two nodes of `held` cost 18 dollars an hour already. */
const coveredBy = (commitments: readonly Commitment[], maxSpendMicroUsdPerHour = 10_000_000) => {
  const job = plainGroup('job', 1);
  const prepared = prepare({
    ...{ at: 0, offers, quotas: [], commitments, groups: [job] },
    forecast: {
      madeAt: 0,
      groups: [{ groupId: job.groupId, periods: [{ expectedContainers: 1, quantiles: [] }] }],
      pooledErrors: [],
    },
    fleet: {
      seenAt: 0,
      holdings: [
        {
          ...{ offerId: offers[2]!.offerId, nodes: 2, startingNodes: 0, drainingNodes: 0 },
          paidUntil: [],
        },
      ],
      running: [],
    },
    policy: {
      ...defaultPolicy,
      horizon: { periodsMs: [HOUR_MS] },
      guardrails: { ...defaultPolicy.guardrails, maxSpendMicroUsdPerHour },
    },
  });
  const unitOf = (index: number): number =>
    prepared.units.findIndex(({ offer }) => offer.offerId === offers[index]!.offerId);
  const covered = CoveredStarts.of(prepared, 0, (unit) => prepared.units[unit]!.held);
  return { covered, units: [0, 1, 2].map(unitOf) as [number, number, number] };
};

test('below the cap it is money that bounds what is started', () => {
  expect(coveredBy([], 18_000_000).covered).toBeUndefined();
});

test('above it, what is held may stay, and what commitments pay for may come beside it', () => {
  const { covered, units } = coveredBy([ofNodes('one', 1, 0), ofNodes('both', 1, 0, 1)]);
  const [a, b, held] = units;
  expect([covered!.allows(held, 2), covered!.allows(held, 3)]).toEqual([true, false]);
  expect(covered!.atMost(a, 5)).toBe(2);
  expect(covered!.allows(b, 1)).toBe(false);
  covered!.set(a, 1);
  expect([covered!.allows(b, 1), covered!.allows(b, 2)]).toEqual([true, true]);
  covered!.set(b, 1);
  expect([covered!.allows(b, 2), covered!.allows(a, 2)]).toEqual([false, false]);
});

test('a share of a bill pays for whole nodes, and nothing is started while what is there is not paid for', () => {
  const { covered, units } = coveredBy([share]);
  const [a, b] = units;
  expect(covered!.atMost(a, 5)).toBe(2);
  expect(covered!.atMost(b, 1)).toBe(0);
  covered!.set(a, 0);
  covered!.set(b, 2);
  expect(covered!.allows(a, 1)).toBe(false);
});

test('of commitments that overlap and do not hold one another nothing is started', () => {
  const { covered, units } = coveredBy([ofNodes('one', 1, 0, 1), ofNodes('other', 1, 1, 2)], 5_000_000);
  expect(units.slice(0, 2).map((unit) => covered!.allows(unit, 1))).toEqual([false, false]);
});
