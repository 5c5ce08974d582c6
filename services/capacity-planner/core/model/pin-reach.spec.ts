import type { Commitment } from '../catalogue/offer.js';
import { defaultPolicy } from '../policy.js';
import type { PlanningProblem } from '../planning-problem.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { fewestNodes, mostNodes } from './pin-reach.js';
import { prepare } from './prepare.js';

const HOUR_MS = 3_600_000;
const offers = [
  plainOffer('a', 1, 2, { region: 'eu' }),
  plainOffer('b', 2, 3, { region: 'eu' }),
  plainOffer('c', 1, 4, { region: 'us' }),
];
const term = { commitmentId: 'owned', startsAt: 0, endsAt: HOUR_MS, priceMicroUsdPerHour: 1 };
const ownedNodes: Commitment = { ...term, kind: 'nodes', nodes: 3, offerIds: [offers[2]!.offerId] };
const quota = (quotaId: string, limit: number, region?: string): PlanningProblem['quotas'][number] => ({
  ...{ quotaId, limit },
  scope: { vendor: 'vendor', ...(region === undefined ? {} : { region }) },
});

const reached = (
  {
    quotas = [],
    maxSpend,
    paid = 0,
    held = 2,
    commitments = [],
  }: Partial<Pick<PlanningProblem, 'quotas' | 'commitments'>> &
    Readonly<{ maxSpend?: number; paid?: number; held?: number }>,
  named: readonly string[],
): readonly [number, number] => {
  const group = plainGroup('job', 1);
  const prepared = prepare({
    ...{ at: 0, offers, quotas, commitments, groups: [group] },
    forecast: {
      madeAt: 0,
      groups: [{ groupId: group.groupId, periods: [{ expectedContainers: 1, quantiles: [] }] }],
      pooledErrors: [],
    },
    fleet: {
      seenAt: 0,
      holdings: [
        {
          ...{ offerId: offers[1]!.offerId, nodes: held, startingNodes: 0, drainingNodes: 0 },
          paidUntil: [{ at: HOUR_MS, nodes: paid }],
        },
      ],
      running: [],
    },
    policy: {
      ...defaultPolicy,
      horizon: { periodsMs: [HOUR_MS] },
      guardrails: {
        ...defaultPolicy.guardrails,
        ...(maxSpend === undefined ? {} : { maxSpendMicroUsdPerHour: maxSpend }),
      },
      pins: named.map((offerId) => ({ filter: { offerId }, least: 1 })),
    },
  });
  const units = prepared.units.filter(({ offer }) => named.includes(offer.offerId)).map(({ index }) => index);
  return [fewestNodes(prepared, units, 0), mostNodes(prepared, units, 0)];
};

test('quotas within a quota bound what can be had, and so does what is paid for beside it', () => {
  expect(reached({ quotas: [quota('eu', 5, 'eu')] }, ['a', 'b'])).toEqual([0, 5]);
  expect(reached({ quotas: [quota('eu', 5, 'eu')], paid: 2 }, ['a', 'b'])).toEqual([2, 3]);
  expect(reached({ quotas: [quota('eu', 5, 'eu')], paid: 2 }, ['a'])).toEqual([0, 1]);
  const nested = [quota('all', 9), quota('eu', 5, 'eu'), quota('us', 2, 'us')];
  expect(reached({ quotas: nested }, ['a', 'c'])).toEqual([0, 7]);
  expect(reached({ quotas: [quota('all', 6), ...nested.slice(1)] }, ['a', 'c'])).toEqual([0, 6]);
});

test('where more is spent than the cap allows, it is what is held and what commitments pay for beside it', () => {
  expect(reached({ maxSpend: 1 }, ['a', 'b', 'c'])).toEqual([0, 2]);
  const commitments = [{ ...ownedNodes, nodes: 3 }];
  expect(reached({ maxSpend: 1, commitments }, ['a', 'b', 'c'])).toEqual([0, 5]);
  expect(reached({ maxSpend: 1, commitments }, ['b'])).toEqual([0, 2]);
});

test('the cap on spend bounds it by the cheapest nodes that it pays for, beside what is paid for elsewhere', () => {
  const cap = 10_000_000;
  expect(reached({ maxSpend: cap }, ['a', 'c'])).toEqual([0, 5]);
  expect(reached({ maxSpend: cap }, ['c'])).toEqual([0, 2]);
  expect(reached({ maxSpend: cap, paid: 2 }, ['c'])).toEqual([0, 1]);
  expect(reached({ maxSpend: cap, paid: 2 }, ['b'])).toEqual([2, 3]);
  expect(reached({ maxSpend: cap, quotas: [quota('us', 1, 'us')] }, ['c'])).toEqual([0, 1]);
});

test('what commitments pay for comes beside what the cap does', () => {
  const share: Commitment = { ...term, kind: 'spend', vendor: 'vendor', coveredMicroUsdPerHour: 5_000_000 };
  const cap = { maxSpend: 10_000_000 };
  expect(reached({ ...cap, commitments: [ownedNodes] }, ['c'])).toEqual([0, 5]);
  expect(reached({ ...cap, commitments: [ownedNodes] }, ['a'])).toEqual([0, 5]);
  expect(reached({ ...cap, commitments: [share] }, ['c'])).toEqual([0, 3]);
  expect(reached({ ...cap, commitments: [{ ...ownedNodes, endsAt: 1 }] }, ['c'])).toEqual([0, 2]);
});
