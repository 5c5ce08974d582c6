import type { Commitment } from '../catalogue/offer.js';
import { randomProblem } from '../testing/random-problem.js';
import { prepare } from './prepare.js';
import { shortlist } from './shortlist.js';

const problem = randomProblem(5, {
  vendors: 8,
  offers: 600,
  groups: 12,
  periodsMs: [900_000],
  gpus: 300,
});
const { units } = prepare(problem, { presolve: 'merge-only' });
const kept = shortlist(units, problem, 200);
const offers = new Set(kept.map(({ offer }) => offer.offerId));

test('a list that is short enough stays as it is', () => {
  expect(shortlist(units, problem, units.length)).toEqual(units);
});

test('what is held stays, and the cheapest of every cell and size', () => {
  expect(kept).toHaveLength(200);
  expect(kept.map(({ index }) => index)).toEqual(kept.map((_, index) => index));
  for (const unit of units) if (unit.held > 0) expect(offers).toContain(unit.offer.offerId);
  const perSlot = ({ prices, slots }: (typeof units)[number]): number =>
    (prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour) / slots;
  for (const rivals of Map.groupBy(units, ({ cell, slots }) => `${cell}/${slots}`).values()) {
    const [cheapest] = rivals.toSorted((a, b) => perSlot(a) - perSlot(b) || a.index - b.index);
    expect(offers).toContain(cheapest!.offer.offerId);
  }
});

test('what a pin wants some of and what is paid for stays, however dear', () => {
  const left = units.filter(({ offer }) => !offers.has(offer.offerId));
  const [pinned, paid, most] = left.map(({ offer }) => offer);
  const pins = [
    { filter: { offerId: pinned!.offerId }, least: 1 },
    { filter: { offerId: most!.offerId }, most: 1 },
  ];
  const commitment = {
    kind: 'nodes' as const,
    ...{ commitmentId: 'c', offerIds: left[1]!.members.map(({ offer }) => offer.offerId) },
    ...{ nodes: 1, priceMicroUsdPerHour: 0, startsAt: 0, endsAt: problem.at * 2 },
  } satisfies Commitment;
  const meant = { policy: { ...problem.policy, pins }, commitments: [commitment] };
  const there = shortlist(units, meant, 200).map(({ offer }) => offer.offerId);
  expect(there).toHaveLength(200);
  expect(there).toEqual(expect.arrayContaining([pinned!.offerId, paid!.offerId]));
  expect(there).not.toContain(most!.offerId);
});

test('a catalogue of 100,000 offers is made ready, as small as a solver can hold', () => {
  const huge = randomProblem(1, {
    vendors: 40,
    offers: 100_000,
    groups: 20,
    periodsMs: [900_000, 1_800_000],
    gpus: 500,
  });
  const prepared = prepare({ ...huge, fleet: { ...huge.fleet, holdings: [] } });
  expect(huge.offers.length).toBeGreaterThan(90_000);
  expect(prepared.units.length).toBeLessThanOrEqual(10_000);
  expect(prepared.leftOutUnits).toBeGreaterThan(0);
}, 300_000);
