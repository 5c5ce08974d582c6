import fc from 'fast-check';
import { poolOf, type LendingPool } from '@slipway/event-store';
import { DICT_ENTRY_LIFE_MS } from '@slipway/gateway-core';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { openStore } from '../open-store.js';
import { Dicts } from './dicts.js';
import { sweepState } from './sweep-state.js';

const NOW = 1_700_000_000_000;
const MIB = 1024 * 1024;

let pool: LendingPool;
let dicts: Dicts;
let made = 0;

const bytes = (text: string): Buffer => Buffer.from(text);
const unique = (): string => `${process.pid}-${Date.now()}-${(made += 1)}`;

const update = (dictId: string, entries: Record<string, string>, more: object = {}) =>
  dicts.entries.update({
    dictId,
    entries: Object.entries(entries).map(([key, value]) => ({ key: bytes(key), value: bytes(value) })),
    existing: 'replace',
    receiptId: unique(),
    at: NOW,
    ...more,
  });

const contents = async (dictId: string, at = NOW): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for await (const { key, value } of dicts.contents({ dictId, keys: true, values: true, at })) {
    expect(found).not.toHaveProperty([String(key)]);
    found[String(key)] = String(value);
  }
  return found;
};

overPostgres(openStore, async (orm) => {
  pool = await poolOf(orm);
  dicts = new Dicts(pool);
});

test('a dict answers as a map does, whatever is done with it', async () => {
  const key = fc.constantFrom('a', 'b', 'c', '');
  const step = fc.oneof(
    fc.record({
      do: fc.constant('put' as const),
      entries: fc.dictionary(key, fc.string({ unit: 'grapheme' })),
    }),
    fc.record({ do: fc.constant('add' as const), key, value: fc.string({ unit: 'grapheme' }) }),
    fc.record({ do: fc.constant('pop' as const), key }),
    fc.record({ do: fc.constant('clear' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const dictId = `di-${unique()}`;
      const model = new Map<string, string>();
      for (const one of steps) {
        if (one.do === 'put') {
          await update(dictId, one.entries);
          for (const [name, value] of Object.entries(one.entries)) model.set(name, value);
        } else if (one.do === 'add') {
          const created = await update(dictId, { [one.key]: one.value }, { existing: 'keep' });
          expect(created).toBe(!model.has(one.key));
          if (!model.has(one.key)) model.set(one.key, one.value);
        } else if (one.do === 'pop') {
          const ask = { dictId, key: bytes(one.key), at: NOW, receiptId: unique() };
          expect((await dicts.entries.pop(ask))?.toString()).toBe(model.get(one.key));
          model.delete(one.key);
        } else {
          await dicts.entries.clear(dictId);
          model.clear();
        }
      }
      expect(await contents(dictId)).toEqual(Object.fromEntries(model));
      expect(await dicts.entries.count(dictId, NOW)).toBe(model.size);
      for (const name of ['a', 'b', 'c', ''])
        expect((await dicts.entries.get({ dictId, key: bytes(name), at: NOW }))?.toString()).toBe(
          model.get(name),
        );
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('of many who write a key that must be new, one does', async () => {
  const dictId = `di-${unique()}`;
  const created = await Promise.all(
    Array.from({ length: 40 }, (_, index) => update(dictId, { lock: String(index) }, { existing: 'keep' })),
  );
  const winner = created.indexOf(true);
  expect(created.filter(Boolean)).toHaveLength(1);
  expect(await contents(dictId)).toEqual({ lock: String(winner) });
});

test('of many who pop a key, one gets it', async () => {
  const dictId = `di-${unique()}`;
  await update(dictId, { job: 'x' });
  const popped = await Promise.all(
    Array.from({ length: 40 }, () =>
      dicts.entries.pop({ dictId, key: bytes('job'), at: NOW, receiptId: unique() }),
    ),
  );
  expect(popped.filter((value) => value !== undefined).map(String)).toEqual(['x']);
});

test('a request that is asked again is answered as it was, and does nothing', async () => {
  const dictId = `di-${unique()}`;
  const [added, popped] = [unique(), unique()];
  const again = { existing: 'keep', receiptId: added };
  expect(await update(dictId, { a: '1' }, again)).toBe(true);
  expect(await update(dictId, { a: '1' }, again)).toBe(true);
  const pop = { dictId, key: bytes('a'), at: NOW, receiptId: popped };
  expect(String(await dicts.entries.pop(pop))).toBe('1');
  await update(dictId, { a: '2' });
  expect(String(await dicts.entries.pop(pop))).toBe('1');
  expect(await contents(dictId)).toEqual({ a: '2' });
});

test('writers of the same keys in other orders do not lock each other out', async () => {
  const dictId = `di-${unique()}`;
  const names = Array.from({ length: 50 }, (_, index) => `key ${index}`);
  await Promise.all(
    Array.from({ length: 20 }, (_, writer) =>
      update(
        dictId,
        Object.fromEntries((writer % 2 ? names : names.toReversed()).map((name) => [name, `${writer}`])),
      ),
    ),
  );
  expect(new Set(Object.values(await contents(dictId))).size).toBe(1);
});

test('a dict of many and of large entries is read in parts, each entry once', async () => {
  const dictId = `di-${unique()}`;
  const large = 'x'.repeat(3 * MIB);
  const entries = Object.fromEntries(Array.from({ length: 2_500 }, (_, index) => [`${index}`, `${index}`]));
  await update(dictId, { ...entries, one: large, two: large, three: large, four: large });
  const found = await contents(dictId);
  expect(Object.keys(found)).toHaveLength(2_504);
  expect(found['three']).toHaveLength(large.length);
}, 30_000);

test('keys may be longer than an index entry', async () => {
  const dictId = `di-${unique()}`;
  const name = 'k'.repeat(100_000);
  await update(dictId, { [name]: 'v' });
  expect(await contents(dictId)).toEqual({ [name]: 'v' });
});

test('an entry ends seven days after its last use, and reading is use', async () => {
  const dictId = `di-${unique()}`;
  await update(dictId, { read: '1', unread: '2' });
  const later = NOW + DICT_ENTRY_LIFE_MS - 3_600_000;
  expect(String(await dicts.entries.get({ dictId, key: bytes('read'), at: later }))).toBe('1');
  const end = NOW + DICT_ENTRY_LIFE_MS + 3_600_000;
  expect(await contents(dictId, end)).toEqual({ read: '1' });
  expect(await update(dictId, { unread: 'new' }, { existing: 'keep', at: end })).toBe(true);
});

test('what is deleted or idle is swept, and nothing else', async () => {
  const [kept, gone] = [`di-${unique()}`, `di-${unique()}`];
  for (const objectId of [kept, gone]) {
    await dicts.objects.create({
      objectId,
      workspaceId: 'ac-1',
      environment: 'main',
      name: objectId,
      createdBy: 'me',
      at: NOW,
    });
    await update(objectId, { a: '1' });
  }
  expect(await dicts.objects.delete('ac-1', gone, NOW)).toBe(true);
  await sweepState(pool, NOW + 120_000);
  expect(await contents(gone)).toEqual({});
  expect(await contents(kept)).toEqual({ a: '1' });
  await sweepState(pool, NOW + DICT_ENTRY_LIFE_MS + 7_200_000);
  expect(await contents(kept)).toEqual({});
  expect(await dicts.objects.find('ac-1', 'main', kept)).toMatchObject({ objectId: kept });
});

test('of many who make a dict of one name, all get the same', async () => {
  const name = unique();
  const fresh = { workspaceId: 'ac-1', environment: 'main', name, createdBy: 'me', at: NOW };
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      dicts.objects.create({ ...fresh, objectId: `di-${name}-${index}` }),
    ),
  );
  const found = await dicts.objects.find('ac-1', 'main', name);
  expect(found?.objectId).toMatch(name);
});

test('an object of another workspace is not there', async () => {
  const objectId = `di-${unique()}`;
  const fresh = { objectId, workspaceId: 'ac-1', environment: 'main', createdBy: 'me', at: NOW };
  await dicts.objects.create({ ...fresh, expiresAt: NOW + 10 });
  await expect(dicts.objects.get('ac-2', objectId)).rejects.toThrow(/No dict/);
  await expect(dicts.objects.get('ac-1', objectId)).resolves.toMatchObject({ objectId });
});
