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
const quota = (quotaId: string, limit: number, region?: string): PlanningProblem['quotas'][number] => ({
  ...{ quotaId, limit },
  scope: { vendor: 'vendor', ...(region === undefined ? {} : { region }) },
});

const reached = (
  {
    quotas = [],
    maxSpend,
    paid = 0,
  }: { quotas?: PlanningProblem['quotas']; maxSpend?: number; paid?: number },
  named: readonly string[],
): readonly [number, number] => {
  const group = plainGroup('job', 1);
  const prepared = prepare({
    ...{ at: 0, offers, quotas, commitments: [], groups: [group] },
    forecast: {
      madeAt: 0,
      groups: [{ groupId: group.groupId, periods: [{ expectedContainers: 1, quantiles: [] }] }],
      pooledErrors: [],
    },
    fleet: {
      seenAt: 0,
      holdings: [
        {
          ...{ offerId: offers[1]!.offerId, nodes: 2, startingNodes: 0, drainingNodes: 0 },
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

test('where nothing may be started, it is what is held', () => {
  expect(reached({ maxSpend: 1 }, ['a', 'b', 'c'])).toEqual([0, 2]);
});
