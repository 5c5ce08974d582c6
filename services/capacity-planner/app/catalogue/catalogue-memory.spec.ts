import { catalogueOf, emptyCatalogue, keptOf, type Catalogue } from '@slipway/capacity-planner-core';
import { createLogger, type Logger } from '@slipway/telemetry';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { offer } from '../rule-of-three.testing.js';
import { compressJson } from '../store/compressed-json.js';
import { openStore, type Store } from '../store/open-store.js';
import { ReadCatalogueStore } from '../store/read-catalogue-store.js';
import { UnreadableError } from '../store/unreadable-error.js';
import { StoredCatalogueMemory } from './catalogue-memory.js';

let store: Store;
overPostgres(openStore, (opened) => (store = opened));

const { offerId } = offer;
const jump = {
  offerId,
  formerMicroUsdPerNodeHour: 1,
  saidMicroUsdPerNodeHour: 2,
  timesSaid: 2,
  seenAt: 3,
  since: 1,
};
const doubting: Catalogue = catalogueOf({ ...keptOf(emptyCatalogue), offers: [offer], quarantined: [jump] });
const planned: Catalogue = catalogueOf({ ...keptOf(emptyCatalogue), offers: [offer] });
const logger = createLogger('spec', 'silent');

test('what was read last is known to the next process, of each source for itself; else what was planned with', async () => {
  const memory = (source: 'files' | 'vendors') =>
    new StoredCatalogueMemory(
      source,
      new ReadCatalogueStore(store.pool),
      () => Promise.resolve(planned),
      () => 1.5,
      logger,
    );
  expect(await memory('files').last()).toEqual(planned);
  await memory('files').remember(doubting);
  expect(await memory('files').last()).toEqual(doubting);
  expect(await memory('vendors').last()).toEqual(planned);
  await memory('files').remember(emptyCatalogue);
  expect(await memory('files').last()).toEqual(emptyCatalogue);
});

const keptAs = async (content: Buffer): Promise<void> =>
  void (await store.pool.query({
    text: `insert into capacity_planner.catalogues_read (source, read_at, content) values ('files', 1, $1)
           on conflict (source) do update set content = excluded.content`,
    values: [content],
  }));

test.each([
  ['damaged', () => Promise.resolve(Buffer.from('no gzip'))],
  ['cut short', async () => (await compressJson(keptOf(doubting))).subarray(0, 40)],
  ['of another shape', () => compressJson({ ...keptOf(doubting), offers: [{ offerId }] })],
])('what is kept and %s is told, and what was planned with is known in its place', async (_, content) => {
  const warned: unknown[] = [];
  const warn = ((facts: unknown) => void warned.push(facts)) as Logger['warn'];
  const stored = new ReadCatalogueStore(store.pool);
  const memory = new StoredCatalogueMemory(
    ...(['files', stored, () => Promise.resolve(planned), () => 1, { warn }] as const),
  );
  await keptAs(await content());
  expect(await memory.last()).toEqual(planned);
  expect(warned).toMatchObject([{ source: 'files', err: expect.any(UnreadableError) }]);
  await memory.remember(doubting);
  expect(await memory.last()).toEqual(doubting);
});

test('a store that is away stops a reading', async () => {
  const away = { find: () => Promise.reject(new Error('the store is away')), save: () => Promise.resolve() };
  const memory = new StoredCatalogueMemory(
    ...(['files', away, () => Promise.resolve(planned), () => 1, logger] as const),
  );
  await expect(memory.last()).rejects.toThrow('the store is away');
});

test('the same is kept once, and what could not be kept is kept with the next reading', async () => {
  const saved: Catalogue[] = [];
  let isAway = true;
  const away = {
    find: () => Promise.resolve(undefined),
    save: (_source: string, catalogue: Catalogue) =>
      isAway ? Promise.reject(new Error('the store is away')) : Promise.resolve(void saved.push(catalogue)),
  };
  const memory = new StoredCatalogueMemory(
    'files',
    away,
    () => Promise.resolve(planned),
    () => 1,
    logger,
  );
  await memory.remember(doubting);
  isAway = false;
  for (const catalogue of [doubting, doubting, planned]) await memory.remember(catalogue);
  expect(saved).toEqual([doubting, planned]);
});
