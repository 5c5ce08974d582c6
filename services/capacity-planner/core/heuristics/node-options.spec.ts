import type { Offer, OfferId } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import { prepare } from '../model/prepare.js';
import type { PlanningProblem } from '../planning-problem.js';
import { defaultPolicy } from '../policy.js';
import { randomProblem } from '../testing/random-problem.js';
import { cheapestInTurn, optionCost, type Buying } from './node-options.js';
import { PeriodFleet } from './period-fleet.js';
import { draftByRule } from './rules-of-thumb.js';

const MINUTE_MS = 60_000;

/** All options looked at anew. */
const cheapestOfAll = (buying: Buying, candidates: readonly number[], left: number) => {
  let best: { unit: number; pair: number; cost: number } | undefined;
  const { pairs, cells } = buying.prepared;
  for (const pair of candidates)
    for (const unit of cells[pairs[pair]!.cell]!.units) {
      const cost = optionCost(buying, { unit, pair }, left);
      if (cost < (best?.cost ?? Infinity)) best = { unit, pair, cost };
    }
  return best;
};

test('of nodes that are bought in turn each is the cheapest of all, the first of equals', () => {
  let bought = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const prepared = prepare(
      randomProblem(seed, {
        vendors: 3,
        offers: 40,
        groups: 8,
        periodsMs: [15 * MINUTE_MS, 60 * MINUTE_MS],
        gpus: 200,
      }),
    );
    for (const buyBy of ['container', 'slot'] as const) {
      const fleet = new PeriodFleet(prepared, 1, () => 0);
      const buying: Buying = { prepared, fleet, before: (unit) => prepared.units[unit]!.held, buyBy };
      for (const { index, wanted } of prepared.groups) {
        const candidates = prepared.pairs.flatMap(({ group }, pair) => (group === index ? [pair] : []));
        let left = wanted[1]!;
        const cheapest = cheapestInTurn(buying, candidates, left);
        while (left > 1e-6) {
          const [found, all] = [cheapest(left), cheapestOfAll(buying, candidates, left)];
          expect([found?.unit, found?.pair]).toEqual([all?.unit, all?.pair]);
          if (found === undefined) break;
          fleet.change(found.unit, 1);
          left -= fleet.put(found.pair, left);
          bought += 1;
        }
      }
    }
  }
  expect(bought).toBeGreaterThan(500);
});

const offer = (purchase: Offer['purchase'], usd: number): Offer =>
  ({
    ...{ vendor: 'vendor', region: 'us-1', zone: 'us-1a', geo: 'us', pricedAt: 0, source: 'spec' },
    ...{ offerId: purchase as string as OfferId, instanceType: purchase, purchase },
    behaviour: { leadMs: MINUTE_MS, startSuccess: 1, preemptionsPerNodeHour: 0, performance: 1, health: 1 },
    shape: { gpuType: 'T4', gpuCount: 1, gpuMemoryGiB: 16, vcpus: 8, memoryMiB: 2 ** 15 },
    billing: { priceMicroUsdPerNodeHour: usd * 1_000_000, incrementSeconds: 1, minimumSeconds: 60 },
  }) as Offer;

/** Ten containers that tolerate spot, and one market of it, whose share is three and a half of them. */
const tenOf = (spotUsd: number): PlanningProblem => ({
  ...{ at: 0, quotas: [], commitments: [] },
  offers: [offer('on-demand', 1), offer('spot', spotUsd)],
  groups: [
    {
      ...{ groupId: 'g' as DemandGroup['groupId'], gpuTypes: ['T4'], gpusPerContainer: 1 },
      ...{ vcpusPerContainer: 1, memoryMiBPerContainer: 1024, pins: { vendors: [], regions: [], geos: [] } },
      ...{
        spot: 'tolerated',
        waitClass: 'batch',
        priority: 'standard',
        movement: 'free',
        floorContainers: 0,
      },
    },
  ],
  forecast: {
    madeAt: 0,
    groups: [
      { groupId: 'g' as DemandGroup['groupId'], periods: [{ expectedContainers: 10, quantiles: [] }] },
    ],
    pooledErrors: [],
  },
  fleet: { seenAt: 0, holdings: [], running: [] },
  policy: { ...defaultPolicy, horizon: { periodsMs: [60 * MINUTE_MS] } },
});

test.each([
  [0.5, 'spot', 10],
  [0.95, 'spot', 4],
] as const)(
  'a node beyond a market’s share is bought where it is cheaper with the price of the share: at %d',
  (usd, offerId, nodes) => {
    const prepared = prepare(tenOf(usd));
    const draft = draftByRule(prepared, 'greedy');
    const { index } = prepared.units.find((unit) => unit.offer.offerId === offerId)!;
    expect(draft.nodes[index]![0]).toBe(nodes);
  },
);
