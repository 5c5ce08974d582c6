import { isRefusal } from '@slipway/kernel';
import fc from 'fast-check';
import { checkPlan } from '../checker/check-plan.js';
import { makePlan } from '../portfolio/make-plan.js';
import type { Solver } from '../ports.js';
import { randomProblem } from '../testing/random-problem.js';
import { applyWhatIf } from './apply-what-if.js';
import { whyOffer } from './why-offer.js';

/** A solver that is away: a rule of thumb plans, which is enough to ask why. */
const away: Solver = { solve: () => Promise.resolve({ status: 'failed', because: 'away', solveMs: 0 }) };
const MINUTE_MS = 60_000;
const problemOf = (seed: number) =>
  randomProblem(seed, {
    vendors: 3,
    offers: 24,
    groups: 5,
    periodsMs: [15 * MINUTE_MS, 60 * MINUTE_MS],
    gpus: 60,
  });
const code = (value: unknown): unknown => isRefusal(value) && value.code;

describe('a problem with something else in it', () => {
  test('has other prices, offers, demand and guardrails, and is as it was in all else', () => {
    const problem = problemOf(1);
    const changed = applyWhatIf(problem, {
      prices: [{ factor: 2 }],
      demand: [{ factor: 3 }],
      guardrails: { maxStartsPerCycle: 7 },
    });
    if (isRefusal(changed)) throw new Error(changed.message);
    changed.offers.forEach(({ billing }, index) =>
      expect(billing.priceMicroUsdPerNodeHour).toBe(
        2 * problem.offers[index]!.billing.priceMicroUsdPerNodeHour,
      ),
    );
    expect(changed.forecast.groups[0]!.periods[0]!.expectedContainers).toBe(
      3 * problem.forecast.groups[0]!.periods[0]!.expectedContainers,
    );
    expect(changed.policy.guardrails.maxStartsPerCycle).toBe(7);
    expect({ ...changed, offers: [], forecast: {}, policy: {} }).toEqual({
      ...problem,
      offers: [],
      forecast: {},
      policy: {},
    });
  });

  test('what meets nothing is refused, for its answer would mislead', () => {
    const problem = problemOf(1);
    expect(code(applyWhatIf(problem, { without: [{ vendor: 'nobody' }] }))).toBe('no-such-offer');
    expect(code(applyWhatIf(problem, { demand: [{ demandKey: 'nobody', factor: 1 }] }))).toBe(
      'no-such-group',
    );
    expect(code(applyWhatIf(problem, { quotas: [{ quotaId: 'nobody', limit: 1 }] }))).toBe('no-such-quota');
    expect(code(applyWhatIf(problem, { prices: [{ factor: NaN }] }))).toBe('factor');
    expect(code(applyWhatIf(problem, { guardrails: { maxVendorShare: 2 } }))).toBe('guardrail');
  });
});

test('every offer of a sound plan can be asked about, and the prices at which choices turn are on the right side', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10_000 }), async (seed) => {
      const problem = problemOf(seed);
      const plan = await makePlan(problem, { solver: away });
      expect(checkPlan(problem, plan)).toEqual([]);
      for (const { offerId } of problem.offers) {
        const why = whyOffer(problem, plan, offerId);
        if (isRefusal(why)) throw new Error(why.message);
        expect(why.because).not.toBe('');
        if (why.verdict === 'bought' && why.turnsAtMicroUsdPerNodeHour !== undefined)
          expect(why.turnsAtMicroUsdPerNodeHour).toBeGreaterThanOrEqual(why.listMicroUsdPerNodeHour - 1);
      }
    }),
    { numRuns: Number(process.env['SEEDS'] ?? 20) },
  );
});
