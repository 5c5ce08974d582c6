import { startupTimeoutMs } from './startup-timeout.js';

test.each([
  ['one that was given counts as it is', 5, 300, 5_000],
  ['without one the timeout of an input counts', 300, 300, 300_000],
  ['a short timeout is meant for inputs alone', 2, 2, 30_000],
  ['clients that send none', 0, 600, 600_000],
])('%s', (_, startupTimeoutSecs, timeoutSecs, expected) => {
  expect(startupTimeoutMs(startupTimeoutSecs, timeoutSecs)).toBe(expected);
});
