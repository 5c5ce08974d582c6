import { nextTryAt } from './next-try.js';

const HOUR_MS = 3_600_000;

/** When each try is made, the first at 0. */
const tries = (): readonly number[] => {
  const made = [0];
  for (let next = nextTryAt(1, 0); next !== undefined; next = nextTryAt(made.length, next)) made.push(next);
  return made;
};

test('an export is tried again soon at first, and at least each hour', () => {
  expect(tries().slice(0, 4)).toEqual([0, 5_000, 15_000, 35_000]);
  const pauses = tries().map((at, index) => at - (tries()[index - 1] ?? 0));
  expect(Math.max(...pauses)).toBe(HOUR_MS);
});

test('it is given up after about a day', () => {
  const last = tries().at(-1)!;
  expect(last).toBeGreaterThan(22 * HOUR_MS);
  expect(last).toBeLessThan(25 * HOUR_MS);
});
