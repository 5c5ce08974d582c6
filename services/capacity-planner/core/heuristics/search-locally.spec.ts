import { prepare } from '../model/prepare.js';
import { score } from '../plan/evaluate.js';
import { randomProblem } from '../testing/random-problem.js';
import { fitNodes } from './fit-nodes.js';
import { draftByRule, RULES_OF_THUMB } from './rules-of-thumb.js';
import { searchLocally } from './search-locally.js';

const MINUTE_MS = 60_000;
const SEEDS = Number(process.env['SEEDS'] ?? 24);

const preparedOf = (seed: number) =>
  prepare(
    randomProblem(seed, {
      vendors: 3,
      offers: 12 + (seed % 8),
      groups: 4 + (seed % 4),
      periodsMs: [15, 15, 30].map((minutes) => minutes * MINUTE_MS),
      gpus: 20 + (seed % 30),
    }),
  );

describe(`the search around plans of ${SEEDS} random problems`, () => {
  test('never makes them worse, makes many better, and finds the same again', () => {
    let better = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const prepared = preparedOf(seed);
      const cost = (draft: ReturnType<typeof searchLocally>): number => score(prepared, draft).totalMicroUsd;
      const start = RULES_OF_THUMB.map((rule) =>
        fitNodes(prepared, draftByRule(prepared, rule), 'more'),
      ).reduce((best, draft) => (cost(draft) < cost(best) ? draft : best));
      const found = searchLocally(prepared, start);
      expect(cost(found)).toBeLessThanOrEqual(cost(start));
      expect(searchLocally(prepared, start)).toEqual(found);
      if (cost(found) < cost(start)) better += 1;
      prepared.units.forEach(({ index, cap, paid }) => {
        found.nodes[index]!.forEach((count, period) => {
          expect(count).toBeLessThanOrEqual(cap);
          expect(count).toBeGreaterThanOrEqual(paid[period]!);
        });
      });
    }
    expect(better).toBeGreaterThan(SEEDS / 3);
  });
});
