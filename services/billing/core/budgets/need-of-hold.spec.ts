import fc from 'fast-check';
import { needOfHold, type HoldTerms } from './need-of-hold.js';

const SECOND_MS = 1_000;
const terms = (seconds: number, nanoUsdPerSecond: bigint): HoldTerms => ({
  fromMs: 5 * SECOND_MS,
  untilMs: (5 + seconds) * SECOND_MS,
  nanoUsdPerSecond,
});

test('a new hold takes the most that its whole life can cost', () => {
  expect(needOfHold(undefined, terms(10, 3_000n))).toEqual({ terms: terms(10, 3_000n), needMicroUsd: 32n });
});

test('one that lasts longer takes what is added, from its own beginning on', () => {
  const asked = { ...terms(15, 3_000n), fromMs: 12 * SECOND_MS };
  expect(needOfHold(terms(10, 3_000n), asked)).toEqual({ terms: terms(15, 3_000n), needMicroUsd: 17n });
});

test('one that becomes dearer takes the difference for what is held already too', () => {
  expect(needOfHold(terms(10, 3_000n), terms(15, 4_000n))).toEqual({
    terms: terms(15, 4_000n),
    needMicroUsd: 32n,
  });
});

test('what is held suffices for as long as it lasts, and becomes neither shorter nor cheaper', () => {
  expect(needOfHold(terms(10, 3_000n), terms(10, 9_000n))).toBeUndefined();
  expect(needOfHold(terms(10, 3_000n), terms(15, 1_000n))?.terms).toEqual(terms(15, 3_000n));
  expect(needOfHold(undefined, terms(0, 3_000n))).toBeUndefined();
});

test('however a hold grows, what was asked for it covers what it holds', () => {
  const step = fc.record({ more: fc.nat({ max: 5_000 }), rate: fc.bigInt({ min: 1n, max: 10n ** 9n }) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
      let known: HoldTerms | undefined;
      let taken = 0n;
      let untilMs = 0;
      for (const { more, rate } of steps) {
        untilMs += more;
        const need = needOfHold(known, { fromMs: 0, untilMs, nanoUsdPerSecond: rate });
        if (need === undefined) continue;
        known = need.terms;
        taken += need.needMicroUsd;
      }
      if (known === undefined) return;
      expect(taken * 1_000_000n).toBeGreaterThanOrEqual(known.nanoUsdPerSecond * BigInt(known.untilMs));
    }),
  );
});
