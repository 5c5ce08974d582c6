import { catalogueOf, emptyCatalogue, keptOf, type Catalogue } from '@slipway/capacity-planner-core';
import { createLogger } from '@slipway/telemetry';
import {
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from '../../../../tools/testing/throwaway-postgres.ts';
import { offer } from '../rule-of-three.testing.js';
import { openStore, type Store } from '../store/open-store.js';
import { ReadCatalogueStore } from '../store/read-catalogue-store.js';
import { StoredCatalogueMemory } from './catalogue-memory.js';

let postgres: ThrowawayPostgres;
let store: Store;
beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  store = await openStore(postgres.databaseUrl);
}, 60_000);
afterAll(async () => {
  await store?.orm.close();
  await postgres?.stop();
});

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
