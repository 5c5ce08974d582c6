import { KeptRecordings } from './kept-recordings.js';
import type { PackedRows } from './packed-rows.js';

type Making = Readonly<{ from: number; resolve: (rows: PackedRows) => void; fail: () => void }>;

const recordings = () => {
  const made: Making[] = [];
  const kept = new KeptRecordings((from) => {
    const { promise, resolve, reject } = Promise.withResolvers<PackedRows>();
    made.push({ from, resolve, fail: () => reject(new Error('the store is away')) });
    return promise;
  });
  return { kept, made, begun: () => made.map(({ from }) => from) };
};

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

  test('are a few: the one that nobody asked for the longest goes first', () => {
    const { kept, begun } = recordings();
    for (const from of [1, 2, 3, 4, 1, 5, 1, 2]) void kept.get(from, 9);
    expect(begun()).toEqual([1, 2, 3, 4, 5, 2]);
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

  test('that fail late do not clear a newer one of the same period', async () => {
    const { kept, made, begun } = recordings();
    const failed = kept.get(1, 9);
    for (const from of [2, 3, 4, 5, 1]) void kept.get(from, 9);
    made[0]!.fail();
    await expect(failed).rejects.toThrow();
    void kept.get(1, 9);
    expect(begun()).toEqual([1, 2, 3, 4, 5, 1]);
  });
});
