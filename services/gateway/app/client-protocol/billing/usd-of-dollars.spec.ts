import fc from 'fast-check';
import { usdOfDollars } from './usd-of-dollars.js';

test('every amount of whole micro-dollars that a client can write comes out as it was meant', () => {
  fc.assert(
    fc.property(fc.nat({ max: 999_999_999 }), fc.nat({ max: 999_999 }), (whole, micro) => {
      const text = `${whole}.${String(micro).padStart(6, '0')}`;
      expect(usdOfDollars('budget', Number(text))).toBe(text);
    }),
  );
});

test.each([-0.01, Number.NaN, Number.POSITIVE_INFINITY, 1e12])('%d dollars are refused', (dollars) => {
  expect(() => usdOfDollars('budget', dollars)).toThrow(`budget is ${dollars}, but must be from 0`);
});
