import type { Commitment } from '../catalogue/offer.js';
import type { TermPrice } from '../catalogue/term-price.js';
import { plainOffer } from '../testing/plain-parts.js';
import { adviseTerms } from './advise-terms.js';

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
  periods: [1, 3].map((hours) => ({ startsAt: 0, lengthMs: hours * HOUR_MS })),
  offers: Object.entries(nodes).map(([offerId, counts]) => ({
    ...{ offerId, nodesNow: 0, nodes: counts, starts: [0, 0], stops: [0, 0] },
  })),
});
const advised = (nodes: Readonly<Record<string, readonly number[]>>, ...terms: readonly TermPrice[]) =>
  adviseTerms(planOf(nodes), { offers, commitments: [] }, terms).map((one) => [
    one.months,
    one.nodes,
    one.savesMicroUsd / 1e6,
  ]);

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

test('what is committed to already is left out', () => {
  const owned: Commitment = {
    ...{ commitmentId: 'c', offerIds: [zoneA.offerId], nodes: 1, priceMicroUsdPerHour: 1 },
    ...{ startsAt: 0, endsAt: 1 },
    kind: 'nodes',
  };
  expect(adviseTerms(planOf({ a: [1, 1] }), { offers, commitments: [owned] }, [term(1)])).toEqual([]);
});
