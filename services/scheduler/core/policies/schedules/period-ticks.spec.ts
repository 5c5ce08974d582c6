import * as fc from 'fast-check';
import { nextPeriodTick } from './period-ticks.js';

const next = (months: number, periodMs: number, anchor: string, after: string): string =>
  new Date(nextPeriodTick({ months, periodMs }, Date.parse(anchor), Date.parse(after))).toISOString();

test('months keep their day, and the last day of a shorter month stands for it', () => {
  expect(next(1, 0, '2026-01-31T10:00Z', '2026-01-31T10:00Z')).toBe('2026-02-28T10:00:00.000Z');
  expect(next(1, 0, '2026-01-31T10:00Z', '2026-02-28T10:00Z')).toBe('2026-03-31T10:00:00.000Z');
  expect(next(12, 0, '2024-02-29T10:00Z', '2027-03-01T00:00Z')).toBe('2028-02-29T10:00:00.000Z');
});

test('every tick is a whole number of periods after the anchor and the next one after the last', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000, max: 10_000_000 }),
      fc.nat(1_000_000_000),
      fc.nat(10_000_000_000),
      (periodMs, anchorAt, passedMs) => {
        const tick = nextPeriodTick({ months: 0, periodMs }, anchorAt, anchorAt + passedMs);
        expect((tick - anchorAt) % periodMs).toBe(0);
        expect(tick).toBeGreaterThan(anchorAt + passedMs);
        expect(tick - periodMs).toBeLessThanOrEqual(Math.max(anchorAt, anchorAt + passedMs));
      },
    ),
  );
});

test('ticks of months come in order, none is left out and none comes twice', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.nat(86_400_000),
      fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2030-01-01') }),
      (months, periodMs, anchor) => {
        const period = { months, periodMs };
        let at = anchor.getTime();
        for (let n = 1; n <= 20; n += 1) {
          const tick = nextPeriodTick(period, anchor.getTime(), at);
          expect(tick).toBeGreaterThan(at);
          expect(nextPeriodTick(period, anchor.getTime(), tick - 1)).toBe(tick);
          at = tick;
        }
        const whole = new Date(at - 20 * periodMs);
        const passed = (whole.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + whole.getUTCMonth();
        expect(passed - anchor.getUTCMonth()).toBe(20 * months);
      },
    ),
  );
});
