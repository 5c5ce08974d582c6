import * as fc from 'fast-check';
import { retryDelayMs } from './retry-delay.js';

const policy = { retries: 9, initialDelayMs: 100, backoffCoefficient: 2, maxDelayMs: 1_000 };

describe('how long a retry waits', () => {
  test('it grows by the coefficient, up to the most', () => {
    expect([0, 1, 2, 3, 4].map((n) => retryDelayMs(policy, n))).toEqual([100, 200, 400, 800, 1_000]);
  });

  test('it never shrinks and never passes the most', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.double({ min: 1, max: 10, noNaN: true }), (n, backoffCoefficient) => {
        const delay = (count: number) => retryDelayMs({ ...policy, backoffCoefficient }, count);
        expect(delay(n)).toBeLessThanOrEqual(delay(n + 1));
        expect(delay(n)).toBeLessThanOrEqual(policy.maxDelayMs);
      }),
    );
  });
});
