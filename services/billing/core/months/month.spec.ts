import { lastSettledMonth } from './month.js';

test.each([
  ['2026-12-01T00:00:00Z', '2026-10'],
  ['2026-12-02T23:59:59Z', '2026-10'],
  ['2026-12-03T00:00:00Z', '2026-11'],
  ['2026-01-15T12:00:00Z', '2025-12'],
])('at %s the last month that is closed is %s: two days are waited', (now, month) => {
  expect(lastSettledMonth(Date.parse(now))).toBe(month);
});
