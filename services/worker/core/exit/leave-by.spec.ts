import { EXIT_HOOKS_MS, leaveBy } from './leave-by.js';

const toldAt = 160_000;

test('work after an answer has the timeout of its function, counted from the answer', () => {
  expect(leaveBy({ inputTimeoutMs: 300_000, lastAnswerAt: 100_000, toldAt })).toBe(400_000);
});

test('exit hooks have their time however long ago the answer was', () => {
  const hooksEnd = toldAt + EXIT_HOOKS_MS;
  expect(leaveBy({ inputTimeoutMs: 5_000, lastAnswerAt: 100_000, toldAt })).toBe(hooksEnd);
  expect(leaveBy({ inputTimeoutMs: 5_000, toldAt })).toBe(hooksEnd);
});

test('inputs that are still in hand have their time, and then the exit hooks', () => {
  const held = { inputTimeoutMs: 300_000, toldAt, heldUntil: 450_000 };
  expect(leaveBy(held)).toBe(450_000 + EXIT_HOOKS_MS);
  expect(leaveBy({ ...held, lastAnswerAt: 170_000 })).toBe(450_000 + EXIT_HOOKS_MS);
});

test('an answer that came after it was told counts', () => {
  expect(leaveBy({ inputTimeoutMs: 5_000, lastAnswerAt: 170_000, toldAt })).toBe(170_000 + EXIT_HOOKS_MS);
});
