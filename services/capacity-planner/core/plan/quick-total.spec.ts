import { draftByRule, RULES_OF_THUMB } from '../heuristics/rules-of-thumb.js';
import type { Commitment } from '../catalogue/offer.js';
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
        ...(seed % 2 === 0 && { commitments: 'many' as const }),
      }),
    );
    for (const rule of RULES_OF_THUMB) {
      const draft = draftByRule(prepared, rule);
      const exact = score(prepared, draft).totalMicroUsd;
      expect(Math.abs(quickTotal(prepared, draft) - exact)).toBeLessThanOrEqual(100 + Math.abs(exact) * 1e-9);
    }
  }
});

test('a commitment that begins after the horizon, or covers no period of it, takes no part', () => {
  const problem = randomProblem(1, {
    ...{ vendors: 2, offers: 12, groups: 4, gpus: 20, periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS] },
  });
  const ofAll = (startsAt: number, endsAt: number): Commitment => ({
    ...{ commitmentId: 'later', kind: 'nodes', nodes: 1, priceMicroUsdPerHour: 1, startsAt, endsAt },
    offerIds: problem.offers.map(({ offerId }) => offerId),
  });
  const { at } = problem;
  const over = (...commitments: readonly Commitment[]) => prepare({ ...problem, commitments });
  const none = over();
  for (const later of [ofAll(at + 45 * MINUTE_MS, 1e15), ofAll(at, at + MINUTE_MS), ofAll(at - 9, at)])
    expect(over(later)).toEqual(none);
  expect(over(ofAll(at, at + 15 * MINUTE_MS)).commitments).toHaveLength(1);
});
