import { jest } from '@jest/globals';
import fc from 'fast-check';
import { KeptRecordings } from './kept-recordings.js';
import type { PackedRows } from './packed-rows.js';

type Making = Readonly<{ from: number; resolve: () => void; fail: () => void }>;

const rows: PackedRows = { bytes: new Uint8Array(), ends: new Uint32Array() };
const recordings = () => {
  const made: Making[] = [];
  const kept = new KeptRecordings((from) => {
    const { promise, resolve, reject } = Promise.withResolvers<PackedRows>();
    made.push({ from, resolve: () => resolve(rows), fail: () => reject(new Error('the store is away')) });
    return promise;
  });
  /** One that is made as soon as it is begun. */
  const whole = async (from: number): Promise<void> => {
    const asked = kept.get(from, 9);
    made.at(-1)?.resolve();
    await asked;
  };
  return { kept, made, whole, begun: () => made.map(({ from }) => from) };
};

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('recordings that are paged through', () => {
  test('are made once each, though two are paged through in turn', () => {
    const { kept, begun } = recordings();
    for (const from of [1, 2, 1, 2, 1]) void kept.get(from, 9);
    expect(begun()).toEqual([1, 2]);
  });

  test('are told apart by both of their moments', () => {
    const { kept, begun } = recordings();
    void kept.get(1, 8);
    void kept.get(1, 9);
    expect(begun()).toEqual([1, 1]);
  });

  test('are a few: the one that nobody asked for the longest goes first', async () => {
    const { whole, begun } = recordings();
    for (const from of [1, 2, 3, 4, 1, 5, 1, 2]) await whole(from);
    expect(begun()).toEqual([1, 2, 3, 4, 5, 2]);
  });

  test('are kept for a minute from when their rows are there, and from each page on', async () => {
    const { kept, made, whole, begun } = recordings();
    const slow = kept.get(1, 9);
    jest.advanceTimersByTime(100_000);
    made[0]!.resolve();
    await slow;
    for (const waitMs of [59_000, 59_000, 61_000]) {
      jest.advanceTimersByTime(waitMs);
      await whole(1);
    }
    expect(begun()).toEqual([1, 1]);
  });

  test('that fail are made anew, and leave the others alone', async () => {
    const { kept, made, begun } = recordings();
    const failed = kept.get(1, 9);
    void kept.get(2, 9);
    made[0]!.fail();
    await expect(failed).rejects.toThrow('the store is away');
    void kept.get(2, 9);
    void kept.get(1, 9);
    expect(begun()).toEqual([1, 2, 1]);
  });

  test('are made two at a time: who asks for a third is told to ask again, and is served then', async () => {
    const { kept, made, whole, begun } = recordings();
    const first = kept.get(1, 9);
    void kept.get(2, 9);
    await expect(kept.get(3, 9)).rejects.toMatchObject({
      refusal: { refused: 'unavailable', message: expect.stringContaining('ask again') },
    });
    void kept.get(1, 9);
    made[0]!.resolve();
    await first;
    await whole(3);
    expect(begun()).toEqual([1, 2, 3]);
  });

  test('are never made more than two at a time nor one of them twice, whatever is asked and however it ends', async () => {
    const step = fc.oneof(
      fc.record({ from: fc.nat(7) }),
      fc.record({ ends: fc.nat(9), how: fc.constantFrom('resolve', 'fail') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { kept, made } = recordings();
        const running = new Set<Making>();
        for (const one of steps) {
          if ('from' in one) kept.get(one.from, 9).catch(() => undefined);
          else {
            const making = [...running][one.ends];
            making?.[one.how as 'resolve' | 'fail']();
            if (making) running.delete(making);
            await Promise.resolve();
          }
          const [newest] = made.splice(0);
          if (newest) running.add(newest);
          expect(running.size).toBeLessThanOrEqual(2);
          expect(new Set([...running].map(({ from }) => from)).size).toBe(running.size);
        }
      }),
    );
  });
});
