import fc from 'fast-check';
import type { Commitment } from '../catalogue/offer.js';
import type { TermPrice } from '../catalogue/term-price.js';
import { plainOffer } from '../testing/plain-parts.js';
import { adviseTerms } from './advise-terms.js';
import { inUseOrder } from './commitments-of.js';
import { openBillPerHour } from './open-bill.testing.js';
import { termSavings } from './term-savings.js';

const HOUR_MS = 3_600_000;
const box = { instanceType: 'box' };
const zoneA = plainOffer('a', 1, 10, box);
const zoneB = plainOffer('b', 1, 10, { ...box, zone: 'us-1b' });
const spot = plainOffer('s', 1, 4, { ...box, purchase: 'spot' });
const offers = [zoneA, zoneB, spot];
const term = (usd: number, months = 12): TermPrice => ({
  ...{ vendor: 'vendor', region: 'us-1', instanceType: 'box', months, source: 'spec', pricedAt: 0 },
  ...{ priceMicroUsdPerNodeHour: usd * 1e6 },
  basis: 'published',
});
const planOf = (nodes: Readonly<Record<string, readonly number[]>>) => ({
  periods: [
    { startsAt: 0, lengthMs: HOUR_MS },
    { startsAt: HOUR_MS, lengthMs: 3 * HOUR_MS },
  ],
  offers: Object.entries(nodes).map(([offerId, counts]) => ({
    ...{ offerId, nodesNow: 0, nodes: counts, starts: [0, 0], stops: [0, 0] },
  })),
});
const advisedBeside = (
  commitments: readonly Commitment[],
  nodes: Readonly<Record<string, readonly number[]>>,
  ...terms: readonly TermPrice[]
) =>
  adviseTerms(planOf(nodes), { offers, commitments }, terms).map((one) => [
    one.months,
    one.nodes,
    one.savesMicroUsd / 1e6,
  ]);
const advised = (nodes: Readonly<Record<string, readonly number[]>>, ...terms: readonly TermPrice[]) =>
  advisedBeside([], nodes, ...terms);

test('a term pays for as many nodes of a region as are used for more than its share of the price', () => {
  expect(advised({ a: [1, 1], b: [0, 1] }, term(6))).toEqual([[12, 2, 4 * 10 + 3 * 10 - 2 * 4 * 6]]);
  expect(advised({ a: [3, 2] }, term(8))).toEqual([[12, 2, 2 * 4 * (10 - 8)]]);
  expect(advised({ a: [1, 0] }, term(3))).toEqual([[12, 0, 0]]);
});

test('what saves most comes first, and spot is not replaced', () => {
  expect(advised({ a: [1, 1] }, term(7), term(5, 36))).toEqual([
    [36, 1, 20],
    [12, 1, 12],
  ]);
  expect(advised({ s: [9, 9] }, term(1))).toEqual([]);
});

const owned = (nodes: number, endsAt = 4 * HOUR_MS): Commitment => ({
  ...{ commitmentId: 'c', offerIds: [zoneA.offerId], nodes, priceMicroUsdPerHour: 1, startsAt: 0, endsAt },
  kind: 'nodes',
});

test('what is committed to already is not advised again, what is held beside it is', () => {
  expect(advisedBeside([owned(1)], { a: [1, 1] }, term(1))).toEqual([]);
  expect(advisedBeside([owned(1)], { a: [3, 3] }, term(6))).toEqual([[12, 2, 2 * 4 * (10 - 6)]]);
  expect(advisedBeside([owned(1)], { a: [1, 1], b: [1, 1] }, term(6))).toEqual([[12, 1, 4 * (10 - 6)]]);
});

test('a commitment counts in the periods in which it is in force', () => {
  expect(advisedBeside([owned(1, HOUR_MS)], { a: [1, 1] }, term(6))).toEqual([[12, 1, 3 * 10 - 4 * 6]]);
  expect(advisedBeside([owned(1, 1)], { a: [1, 1] }, term(6))).toEqual([[12, 1, 4 * (10 - 6)]]);
  const later = { ...owned(1), startsAt: 9 * HOUR_MS, endsAt: 99 * HOUR_MS };
  expect(advisedBeside([later], { a: [1, 1] }, term(6))).toEqual([[12, 1, 4 * (10 - 6)]]);
});

test('what a share of the bill covers is not saved again', () => {
  const share = (usd: number, vendor = 'vendor'): Commitment => ({
    ...{ commitmentId: 's', kind: 'spend', vendor, coveredMicroUsdPerHour: usd * 1e6 },
    ...{ priceMicroUsdPerHour: 1, startsAt: 0, endsAt: 4 * HOUR_MS },
  });
  expect(advisedBeside([share(20)], { a: [2, 2] }, term(1))).toEqual([]);
  expect(advisedBeside([share(10)], { a: [2, 2] }, term(6))).toEqual([[12, 1, 4 * (10 - 6)]]);
  expect(advisedBeside([share(13)], { a: [2, 2] }, term(6))).toEqual([[12, 1, 4 * (7 - 6)]]);
  expect(advisedBeside([share(20, 'other')], { a: [2, 2] }, term(6))).toEqual([[12, 2, 8 * (10 - 6)]]);
  // Spot is billed beside it.
  expect(advisedBeside([share(10)], { a: [1, 1], s: [9, 9] }, term(1))).toEqual([]);
});

test('many nodes are advised on at once', () => {
  expect(advised({ a: [5000, 4000] }, term(8))).toEqual([[12, 4000, 4000 * 4 * (10 - 8)]]);
});

test('how long the first node would be used counts hours, whatever its zone costs', () => {
  const [cheap, dear] = [plainOffer('a', 1, 1, box), plainOffer('b', 1, 2, { ...box, zone: 'us-1b' })];
  const used = (
    nodes: Readonly<Record<string, readonly number[]>>,
    commitments: readonly Commitment[] = [],
  ) =>
    adviseTerms(
      {
        ...planOf(nodes),
        periods: [
          { startsAt: 0, lengthMs: HOUR_MS },
          { startsAt: HOUR_MS, lengthMs: HOUR_MS },
        ],
      },
      { offers: [cheap, dear], commitments },
      [term(0.5)],
    ).map(({ usedShare }) => usedShare);
  expect(used({ a: [0, 0], b: [1, 0] })).toEqual([0.5]);
  expect(used({ a: [1, 1], b: [1, 0] })).toEqual([1]);
  expect(used({ a: [1, 1], b: [0, 1] }, [owned(1)])).toEqual([0.5]);
});

test('whatever is committed to, a term saves what the bills with it and without it differ by', () => {
  const sold = ['on-demand', 'on-demand', 'spot', 'queued', 'on-demand', 'on-demand'] as const;
  const some = sold.map((purchase, index) =>
    plainOffer(`o${index}`, 1, 1 + ((index * 7) % 5), { ...(index < 2 ? box : {}), purchase }),
  );
  const firm = some.filter(({ purchase }) => purchase !== 'spot').map(({ offerId }) => offerId);
  const inForce = { priceMicroUsdPerHour: 1, startsAt: 0, endsAt: 9 * HOUR_MS };
  const commitment = fc.oneof(
    fc
      .record({ offerIds: fc.subarray(firm), nodes: fc.integer({ min: 1, max: 4 }) })
      .map((of) => ({ ...inForce, ...of, kind: 'nodes' as const })),
    fc
      .record({ coveredMicroUsdPerHour: fc.nat(20_000_000), vendor: fc.constantFrom('vendor', 'other') })
      .map((of) => ({ ...inForce, ...of, kind: 'spend' as const })),
  );
  const counts = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(commitment, { maxLength: 4 }), counts, fc.nat(6), (drawn, held, nodes) => {
      const commitments = drawn.map((one, index): Commitment => ({ ...one, commitmentId: `c${index}` }));
      const plan = planOf(Object.fromEntries(some.map(({ offerId }, index) => [offerId, held[index]!])));
      const zones = some.slice(0, 2);
      const added: Commitment = {
        ...{ ...inForce, commitmentId: '', kind: 'nodes', nodes },
        offerIds: zones.map(({ offerId }) => offerId),
      };
      const billWith = (all: readonly Commitment[]): number =>
        [1, 3].reduce((sum, hours, period) => {
          const nodesHeld = some.map((offer, index) => ({ offer, nodes: held[index]![period]! }));
          return sum + hours * openBillPerHour(inUseOrder(all), nodesHeld);
        }, 0);
      const { microUsd } = termSavings(plan, { offers: some, commitments })(zones)(nodes);
      expect(microUsd).toBeCloseTo(billWith(commitments) - billWith([...commitments, added]), 3);
    }),
  );
});
