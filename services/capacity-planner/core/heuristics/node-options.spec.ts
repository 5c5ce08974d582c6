import { prepare } from '../model/prepare.js';
import { randomProblem } from '../testing/random-problem.js';
import { cheapestInTurn, optionCost, type Buying } from './node-options.js';
import { PeriodFleet } from './period-fleet.js';

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
