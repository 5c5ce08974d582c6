import { planningMoment } from './planning-moment.js';

const MINUTE_MS = 60_000;
const NOW = 1_000 * MINUTE_MS;

test('a plan is made for now', () => {
  expect(planningMoment(NOW, undefined)).toBe(NOW);
  expect(planningMoment(NOW, NOW - MINUTE_MS)).toBe(NOW);
});

test('a clock that is put right by a little makes no plan older than the last', () => {
  expect(planningMoment(NOW, NOW)).toBe(NOW + 1);
  expect(planningMoment(NOW, NOW + MINUTE_MS)).toBe(NOW + MINUTE_MS + 1);
});

test('a last plan from the future is not kept to', () => {
  expect(planningMoment(NOW, NOW + MINUTE_MS + 1)).toBe(NOW);
});
