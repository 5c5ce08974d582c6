import { poolOf, type LendingPool } from '@slipway/event-store';
import { EPHEMERAL_LIFE_MS } from '@slipway/gateway-core';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { openStore } from '../open-store.js';
import { StateObjects } from './state-objects.js';
import { sweepState } from './sweep-state.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let pool: LendingPool;
let dicts: StateObjects;
let now = 1_700_000_000_000;
let made = 0;

overPostgres(openStore, async (orm) => {
  pool = await poolOf(orm);
  dicts = new StateObjects(pool, 'dict');
});

beforeEach(() => sweepState(pool, now));

const create = async (): Promise<string> => {
  const objectId = `di-${(made += 1)}`;
  const fresh = { objectId, workspaceId: 'ac-1', environment: 'main', createdBy: 'me', at: now };
  await dicts.create({ ...fresh, expiresAt: now + EPHEMERAL_LIFE_MS });
  return objectId;
};

const heartbeat = (objectId: string) => dicts.prolong('ac-1', objectId, now + EPHEMERAL_LIFE_MS);

/** The platform is there for so long, and looks once a minute. */
const pass = async (ms: number): Promise<void> => {
  for (const until = now + ms; now < until;) {
    now += MINUTE_MS;
    await sweepState(pool, now);
  }
};

const away = (ms: number): void => {
  now += ms;
};

const isThere = (objectId: string): Promise<boolean> =>
  dicts.get('ac-1', objectId).then(
    () => true,
    () => false,
  );

test('a dict ends when its client is silent, and not before', async () => {
  const [heard, silent] = [await create(), await create()];
  await pass(EPHEMERAL_LIFE_MS - MINUTE_MS);
  expect(await isThere(silent)).toBe(true);
  await heartbeat(heard);
  await pass(MINUTE_MS);
  expect([await isThere(heard), await isThere(silent)]).toEqual([true, false]);
  await expect(heartbeat(silent)).rejects.toThrow(/No dict/);
});

test('a time without any look does not count', async () => {
  const dict = await create();
  await pass(5 * MINUTE_MS);
  away(DAY_MS);
  expect(await isThere(dict)).toBe(true);
  await pass(9 * MINUTE_MS);
  expect(await isThere(dict)).toBe(true);
  await pass(MINUTE_MS);
  expect(await isThere(dict)).toBe(false);
});

test('a heartbeat after such a time and before the first look counts as any other', async () => {
  const dict = await create();
  away(DAY_MS);
  await heartbeat(dict);
  await pass(EPHEMERAL_LIFE_MS - MINUTE_MS);
  expect(await isThere(dict)).toBe(true);
  await pass(2 * MINUTE_MS);
  expect(await isThere(dict)).toBe(false);
});

test('however often the platform is away, the minutes in which it was there add up', async () => {
  const dict = await create();
  for (let time = 0; time < 14; time += 1) {
    await pass(MINUTE_MS);
    away(10 * MINUTE_MS);
  }
  expect(await isThere(dict)).toBe(true);
  await pass(MINUTE_MS);
  expect(await isThere(dict)).toBe(false);
});

test('of several gateways that come back together one makes good for the time', async () => {
  const dict = await create();
  await pass(10 * MINUTE_MS);
  away(4 * MINUTE_MS);
  await Promise.all(Array.from({ length: 5 }, () => sweepState(pool, now)));
  await pass(3 * MINUTE_MS);
  expect(await isThere(dict)).toBe(true);
  await pass(MINUTE_MS);
  expect(await isThere(dict)).toBe(false);
});
