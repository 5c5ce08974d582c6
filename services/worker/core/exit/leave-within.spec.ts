import { EXIT_HOOKS_MS, leaveWithinMs } from './leave-within.js';

test('work after an answer has the timeout of its function, counted from the answer', () => {
  expect(leaveWithinMs({ inputTimeoutMs: 300_000, lastAnswerAt: 100_000 }, 160_000)).toBe(240_000);
});

test('exit hooks have their time however long ago the answer was', () => {
  expect(leaveWithinMs({ inputTimeoutMs: 5_000, lastAnswerAt: 100_000 }, 160_000)).toBe(EXIT_HOOKS_MS);
  expect(leaveWithinMs({ inputTimeoutMs: 5_000 }, 160_000)).toBe(EXIT_HOOKS_MS);
});
