import type { PublicApi } from '../platform/open-public-api.ts';
import { readPages, shownOf } from './read-pages.ts';

/** A list of so many numbers, in pages. */
const listOf = (total: number): PublicApi => {
  const get = (path: string): Promise<unknown> => {
    const query = new URL(path, 'http://site').searchParams;
    const from = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit'));
    if (limit > 500) throw new Error(`limit is ${limit}`);
    const items = Array.from({ length: Math.min(limit, total - from) }, (_, index) => from + index);
    const next = from + items.length;
    return Promise.resolve({ total, items, nextCursor: next < total ? String(next) : null });
  };
  return { get } as unknown as PublicApi;
};
type Answer = Readonly<{ items: readonly number[]; total: number; nextCursor: string | null }>;
const read = (total: number, limit?: number, ...flags: string[]): Promise<Answer> => {
  const numbers = new Map(limit === undefined ? [] : [['limit', limit] as const]);
  return readPages<Answer>(listOf(total), '/list', {}, { flags: new Set(flags), numbers });
};

test.each([
  [0, undefined, 0],
  [150, undefined, 150],
  [1_700, undefined, 200],
  [1_700, 20, 20],
  [1_700, 1_200, 1_200],
])('of %i items with --limit %s there are %i', async (total, limit, shown) => {
  expect((await read(total, limit)).items).toHaveLength(shown);
});

test('all of them are in order, each once', async () => {
  const { items, nextCursor } = await read(1_700, undefined, 'all');
  expect(items).toEqual(Array.from({ length: 1_700 }, (_, index) => index));
  expect(nextCursor).toBeNull();
});

test('what only the first page says besides is there with all of them', async () => {
  const get = (path: string) =>
    Promise.resolve(
      path.includes('cursor')
        ? { items: [2], sum: 2, nextCursor: null }
        : { items: [1], sum: 1, held: ['x'], nextCursor: 'c' },
    );
  const api = { get } as unknown as PublicApi;
  expect(await readPages(api, '/list', {}, { flags: new Set(['all']), numbers: new Map() })).toEqual({
    ...{ items: [1, 2], sum: 2, held: ['x'], nextCursor: null },
  });
});

test('how many more there are is said, and how to see them', async () => {
  expect(shownOf(await read(1_700), 'offers')).toBe('200 of 1700 offers; --all shows all, --limit N so many');
  expect(shownOf(await read(3), 'offers')).toBe('3 of 3 offers');
  expect(shownOf({ items: [1], nextCursor: 'x' }, 'plans')).toBe(
    '1 plans, and there are more; --all shows all, --limit N so many',
  );
});

test('both at once, or none at all, are mistakes', async () => {
  await expect(read(3, 2, 'all')).rejects.toThrow('give --all or --limit');
  await expect(read(3, 0)).rejects.toThrow('--limit is 0');
});
