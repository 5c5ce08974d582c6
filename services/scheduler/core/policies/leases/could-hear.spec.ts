import { couldHear, DEAF_AFTER_MS } from './could-hear.js';

const at = 100_000;
const longAgo = at - DEAF_AFTER_MS - 1;

test('who looks often and hears the bus can hear', () => {
  expect(couldHear({ lookedAt: at - 250, busHeardAt: at - DEAF_AFTER_MS }, at)).toBe(true);
});

test('who stood still could not', () => {
  expect(couldHear({ lookedAt: longAgo, busHeardAt: at }, at)).toBe(false);
});

test('nor who hears nothing of the bus', () => {
  expect(couldHear({ lookedAt: at - 250, busHeardAt: longAgo }, at)).toBe(false);
});
