import type { Logger } from '@slipway/telemetry';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { catalogue, offer } from '../rule-of-three.testing.js';
import { CatalogueStore } from '../store/catalogue-store.js';
import { openStore, type Store } from '../store/open-store.js';
import { UnreadableError } from '../store/unreadable-error.js';
import { lastKnownOffers, type LastKnownParts } from './last-known-offers.js';

let store: Store;
overPostgres(openStore, async (opened) => {
  store = opened;
  for (const [version, usd] of [...PRICES]) await keep(version, usd);
});

const PRICES = new Map([
  ['v1', 1],
  ['v2', 2],
  ['v3', 3],
]);
const keep = (version: string, usd: number): Promise<void> =>
  new CatalogueStore(store.pool).save(
    {
      ...{ ...catalogue, version },
      offers: [{ ...offer, billing: { ...offer.billing, priceMicroUsdPerNodeHour: usd } }],
    },
    usd,
  );
const damage = (version: string): Promise<unknown> =>
  store.pool.query({
    text: `update capacity_planner.catalogue_versions set content = $2 where version = $1`,
    values: [version, Buffer.from('no gzip')],
  });

const known = async (newestVersion: string | undefined) => {
  const warned: unknown[] = [];
  const newest = newestVersion === undefined ? undefined : { catalogueVersion: newestVersion };
  const prices = await lastKnownOffers({
    plans: { newest: () => Promise.resolve(newest) } as LastKnownParts['plans'],
    catalogues: new CatalogueStore(store.pool),
    state: { decisions: {} } as LastKnownParts['state'],
    logger: { warn: ((facts: unknown) => void warned.push(facts)) as Logger['warn'] },
  })();
  const [{ billing } = { billing: undefined }] = [...prices.offers.values()];
  return { usd: billing?.priceMicroUsdPerNodeHour, warned };
};

test('what the newest plan was made from is known; nothing is before the first plan', async () => {
  expect(await known('v3')).toEqual({ usd: 3, warned: [] });
  expect(await known(undefined)).toEqual({ usd: undefined, warned: [] });
  expect(await known('never kept')).toEqual({ usd: undefined, warned: [] });
});

test('a damaged version is told, and the one before it is known in its place until it is kept again', async () => {
  await damage('v3');
  await damage('v2');
  const told = (version: string) => ({ version, err: expect.any(UnreadableError) as unknown });
  expect(await known('v3')).toEqual({ usd: 1, warned: [told('v3'), told('v2')] });
  await damage('v1');
  expect(await known('v3')).toEqual({ usd: undefined, warned: ['v3', 'v2', 'v1'].map(told) });
  await keep('v3', 3);
  expect(await known('v3')).toEqual({ usd: 3, warned: [] });
});

test('a store that is away is no damaged version', async () => {
  const away = lastKnownOffers({
    plans: {
      newest: () => Promise.resolve({ catalogueVersion: 'v3' }),
    } as unknown as LastKnownParts['plans'],
    catalogues: {
      find: () => Promise.reject(new Error('the store is away')),
      versionsBefore: () => Promise.resolve(['v2']),
    },
    state: { decisions: {} } as LastKnownParts['state'],
    logger: { warn: () => undefined },
  });
  await expect(away()).rejects.toThrow('the store is away');
});
