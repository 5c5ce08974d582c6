import fc from 'fast-check';
import { isRefusal } from '@slipway/kernel';
import { parseUsd, shownUsd, usdText } from './micro-usd.js';
import { compareRatios, parseRatio, ratioOf, ratioText, times } from './ratio.js';
import { roundHalfEven } from './round-half-even.js';

test.each([
  ['30', 30_000_000n, '30.00 USD'],
  ['0.000001', 1n, '0.000001 USD'],
  ['-12.5', -12_500_000n, '-12.50 USD'],
  ['1.230000000', 1_230_000n, '1.23 USD'],
])('%s is read and shown without a floating point', (text, amount, shown) => {
  expect(parseUsd('amount', text)).toBe(amount);
  expect(shownUsd(amount)).toBe(shown);
});

test.each(['', '1e3', '1,5', '0.0000001', ' 1', 'NaN', '1.', '.5'])('the amount %j is refused', (text) => {
  const read = parseUsd('limit', text);
  expect(isRefusal(read) && read.message).toContain(`limit is '${text}'`);
});

test('an amount is the same after it was written and read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (amount) => {
      expect(parseUsd('amount', usdText(amount))).toBe(amount);
    }),
  );
});

test('half way goes to the even neighbour, everything else to the nearest', () => {
  expect([1n, 3n, 5n, -1n, -3n].map((n) => roundHalfEven(n, 2n))).toEqual([0n, 2n, 2n, 0n, -2n]);
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 12n }), (numerator, denominator) => {
      const off = 2n * (roundHalfEven(numerator, denominator) * denominator - numerator);
      expect(off <= denominator && off >= -denominator).toBe(true);
      expect(roundHalfEven(-numerator, denominator)).toBe(-roundHalfEven(numerator, denominator));
    }),
  );
});

test('ratios multiply without loss and are kept in lowest terms', () => {
  expect(times(ratioOf(5, 4), ratioOf(3, 1), ratioOf(4, 5))).toEqual(ratioOf(3, 1));
  expect(compareRatios(ratioOf(1, 3), ratioOf(2, 6))).toBe(0);
  expect(parseRatio('multiplier', '10/8')).toEqual(ratioOf(5, 4));
  expect(ratioText(ratioOf(10, 8))).toBe('5/4');
});

test.each(['0', '1/0', '-1/2', '1.5', 'x'])('the ratio %s is refused', (text) => {
  expect(isRefusal(parseRatio('multiplier', text))).toBe(true);
});
