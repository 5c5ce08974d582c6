import { Readable } from 'node:stream';
import { jest } from '@jest/globals';
import { MOST_STALLED_MS, unlessStalled } from './unless-stalled.js';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

/** An answer without an end, and whether what it holds was let go of. */
const answer = () => {
  const held = { open: true };
  async function* lines() {
    try {
      for (let line = 0; ; line += 1) yield `${line}\n`;
    } finally {
      held.open = false;
    }
  }
  const body = Readable.from(unlessStalled(lines(), () => body.destroy()));
  return { held, body, lines: body[Symbol.asyncIterator]() };
};

test('an answer of which nothing is taken any more is ended', async () => {
  const { held, body, lines } = answer();
  await lines.next();
  const closed = new Promise((resolve) => body.once('close', resolve));
  await jest.advanceTimersByTimeAsync(MOST_STALLED_MS - 1);
  expect(held.open).toBe(true);
  await jest.advanceTimersByTimeAsync(1);
  await closed;
  expect(held.open).toBe(false);
});

test('one who reads slowly, or waits for what is to come, is not', async () => {
  const { held, lines } = answer();
  for (let line = 0; line < 5; line += 1) {
    expect(await lines.next()).toEqual({ done: false, value: `${line}\n` });
    await jest.advanceTimersByTimeAsync(MOST_STALLED_MS - 1);
  }
  expect(held.open).toBe(true);

  const stalled = jest.fn();
  async function* quiet() {
    yield 'one\n';
    await new Promise(() => undefined);
  }
  const waiting = unlessStalled(quiet(), stalled);
  await waiting.next();
  void waiting.next();
  await jest.advanceTimersByTimeAsync(10 * MOST_STALLED_MS);
  expect(stalled).not.toHaveBeenCalled();
});
