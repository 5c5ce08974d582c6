import { draftByRule, RULES_OF_THUMB } from '../heuristics/rules-of-thumb.js';
import { prepare } from '../model/prepare.js';
import { randomProblem } from '../testing/random-problem.js';
import { score } from './evaluate.js';
import { quickTotal } from './quick-total.js';

const MINUTE_MS = 60_000;
const SEEDS = Number(process.env['SEEDS'] ?? 40);

test(`the quick total of plans of ${SEEDS} random problems is the evaluator's, but for roundings`, () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const prepared = prepare(
      randomProblem(seed, {
        vendors: 3,
        offers: 12 + (seed % 8),
        groups: 4 + (seed % 4),
        periodsMs: [15, 15, 30].map((minutes) => minutes * MINUTE_MS),
        gpus: 20 + (seed % 30),
      }),
    );
    for (const rule of RULES_OF_THUMB) {
      const draft = draftByRule(prepared, rule);
      const exact = score(prepared, draft).totalMicroUsd;
      expect(Math.abs(quickTotal(prepared, draft) - exact)).toBeLessThanOrEqual(100 + Math.abs(exact) * 1e-9);
    }
  }
});
