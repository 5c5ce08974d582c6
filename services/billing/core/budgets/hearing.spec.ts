import { hearOn, LAST_USAGE_WITHIN_MS, waitedForUntil, type Hearing } from './hearing.js';

const LOOK_EACH_MS = 10_000;
const START = 1_000_000;

/** Looks each ten seconds from one moment to another. */
const heard = (from: number, to: number, before?: Hearing): Hearing => {
  let hearing = hearOn(before, from);
  for (let at = from + LOOK_EACH_MS; at <= to; at += LOOK_EACH_MS) hearing = hearOn(hearing, at);
  return hearing;
};

test('usage is waited for until billing has heard for as long as it may take to come', () => {
  expect(waitedForUntil(heard(START, START + LAST_USAGE_WITHIN_MS - LOOK_EACH_MS))).toBeUndefined();
  expect(waitedForUntil(heard(START, START + LAST_USAGE_WITHIN_MS))).toBe(START);
  expect(waitedForUntil(heard(START, START + 2 * LAST_USAGE_WITHIN_MS))).toBe(START + LAST_USAGE_WITHIN_MS);
});

test('after an absence it is waited for anew', () => {
  const before = heard(START, START + 2 * LAST_USAGE_WITHIN_MS);
  const back = before.lookedAtMs + 31_000;
  expect(waitedForUntil(hearOn(before, back))).toBeUndefined();
  expect(waitedForUntil(heard(back, back + LAST_USAGE_WITHIN_MS, before))).toBe(back);
});

test('a clock that was set back counts as an absence', () => {
  const before = heard(START, START + 2 * LAST_USAGE_WITHIN_MS);
  expect(waitedForUntil(hearOn(before, START))).toBeUndefined();
});
