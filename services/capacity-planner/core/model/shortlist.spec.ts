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
const kept = shortlist(units, 200);
const offers = new Set(kept.map(({ offer }) => offer.offerId));

test('a list that is short enough stays as it is', () => {
  expect(shortlist(units, units.length)).toEqual(units);
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
