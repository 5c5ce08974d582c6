import { abortWithin } from './abort-within.js';

const DAY_MS = 86_400_000;

describe('a signal', () => {
  test('comes when its time is over', async () => {
    const { signal } = abortWithin(1, new AbortController().signal);
    // The clock itself keeps no process alive.
    const alive = setInterval(() => undefined, 1_000);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    clearInterval(alive);
    expect(signal.aborted).toBe(true);
  });

  test('comes with any of the others, also with one that came before', () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const { signal } = abortWithin(DAY_MS, one.signal, other.signal);
    expect(signal.aborted).toBe(false);
    other.abort();
    expect(signal.aborted).toBe(true);
    expect(abortWithin(DAY_MS, one.signal, other.signal).signal.aborted).toBe(true);
  });

  test('does not come any more once it is let go of', () => {
    const other = new AbortController();
    const { signal, end } = abortWithin(DAY_MS, other.signal);
    end();
    other.abort();
    expect(signal.aborted).toBe(false);
  });
});
