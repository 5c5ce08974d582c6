import * as fc from 'fast-check';
import { dueTicks, GRACE_MS } from './due-ticks.js';

const every = (periodMs: number) => ({ kind: 'period', months: 0, periodMs }) as const;

test('a tick that is due fires, and the next one is known', () => {
  expect(dueTicks(every(1_000), 0, 1_000, 1_200)).toEqual({ fire: 1_000, nextDueAt: 2_000 });
});

test('of several ticks the latest fires and the others were missed', () => {
  expect(dueTicks(every(1_000), 0, 1_000, 4_200)).toEqual({
    fire: 4_000,
    missed: { firstDueAt: 1_000, lastDueAt: 3_000, ticks: 3 },
    nextDueAt: 5_000,
  });
});

test('a tick older than the grace is missed', () => {
  const day = 24 * 3_600_000;
  expect(dueTicks(every(day), 0, day, day + GRACE_MS)).toMatchObject({ fire: day });
  expect(dueTicks(every(day), 0, day, day + GRACE_MS + 1)).toEqual({
    missed: { firstDueAt: day, lastDueAt: day, ticks: 1 },
    nextDueAt: 2 * day,
  });
});

test('after a very long absence the latest tick is found without counting all, which is said', () => {
  const minutely = { kind: 'cron', expression: '* * * * *', timeZone: 'UTC' } as const;
  const due = Date.parse('2026-01-01T00:00Z');
  const at = Date.parse('2027-01-01T00:00:30Z');
  const { fire, missed, nextDueAt } = dueTicks(minutely, due, due, at);
  expect([fire, nextDueAt]).toEqual([at - 30_000, at + 30_000]);
  expect(missed).toMatchObject({ firstDueAt: due, lastDueAt: at - 90_000, atLeast: true });
  expect(missed!.ticks).toBeGreaterThan(500);
  expect(missed!.ticks).toBeLessThan(600);
});

test('where as many were missed as are counted, none is said to be left out', () => {
  const hour = 3_600_000;
  const missedFor = (ticks: number) => dueTicks(every(2 * hour), 0, 0, ticks * 2 * hour - 1).missed;
  expect(missedFor(501)).toEqual({ firstDueAt: 0, lastDueAt: 1_000 * hour, ticks: 501 });
  expect(missedFor(502)).toEqual({ firstDueAt: 0, lastDueAt: 1_000 * hour, ticks: 501, atLeast: true });
});

test('every due tick either fires or was missed, as far as they are counted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20_000, max: 5_000_000 }),
      fc.integer({ min: 1, max: 50 }),
      fc.nat(9_000_000),
      (periodMs, first, lateMs) => {
        const dueAt = first * periodMs;
        const at = dueAt + lateMs;
        const { fire, missed, nextDueAt } = dueTicks(every(periodMs), 0, dueAt, at);
        const due = Math.floor(lateMs / periodMs) + 1;
        expect((fire === undefined ? 0 : 1) + (missed?.ticks ?? 0)).toBe(due);
        expect(nextDueAt).toBe(dueAt + due * periodMs);
      },
    ),
  );
});
