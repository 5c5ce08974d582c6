import { StaleEpochError, storable, VersionConflictError, type NewEvent } from '@slipway/kernel';
import { startThrowawayPostgres, type ThrowawayPostgres } from '../../tools/testing/throwaway-postgres.ts';
import type { SqlPool } from './database.js';
import { poolOf } from './database.js';
import { openLog, type OpenedLog } from './open-log.js';
import { PostgresEventLog } from './postgres-event-log.js';
import { ShardLease } from './shard-lease.js';

const event = (stream: string, version: number, data: unknown = {}): NewEvent => ({
  stream,
  version,
  type: 'happened',
  data,
  at: 1_700_000_000_000 + version,
});

let postgres: ThrowawayPostgres;
let opened: OpenedLog;
let schemas = 0;

const shard = 's';
const lead = (holder: string, leaseMs = 60_000) => opened.leaseOf({ shard, holder, leaseMs });

/** Fails the next statements after they have reached the database, as a connection does that breaks before the answer. */
const losingAnswers = (pool: SqlPool, losses: number, code: string): SqlPool => {
  let left = losses;
  return {
    query: async <Row>(statement: Parameters<SqlPool['query']>[0]) => {
      const answer = await pool.query<Row>(statement);
      if (statement.name !== 'append-events' || left === 0) return answer;
      left -= 1;
      throw Object.assign(new Error('the connection broke'), { code });
    },
  };
};

/** A pool, and a promise that settles when it has answered so many statements. */
const countingTries = (pool: SqlPool, wanted: number): { pool: SqlPool; tries: Promise<void> } => {
  const { promise: tries, resolve } = Promise.withResolvers<void>();
  let answered = 0;
  return {
    tries,
    pool: {
      query: async <Row>(statement: Parameters<SqlPool['query']>[0]) => {
        const answer = await pool.query<Row>(statement);
        answered += 1;
        if (answered === wanted) resolve();
        return answer;
      },
    },
  };
};

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
}, 60_000);
afterAll(() => postgres.stop());

beforeEach(async () => {
  schemas += 1;
  opened = await openLog({
    databaseUrl: postgres.databaseUrl,
    schema: `spec_${process.pid}_${Date.now()}_${schemas}`,
  });
});
afterEach(async () => {
  await opened.orm.em.getConnection().execute(`drop schema "${opened.orm.config.get('schema')}" cascade`);
  await opened.orm.close();
});

describe('the log of record in PostgreSQL', () => {
  test('events are read in the order in which they were written, as they were written', async () => {
    const fence = await lead('a').acquire();
    const events = [event('x', 1, { deep: [1, null, 'ü'] }), event('y', 1), event('x', 2, 'text')];
    expect(await opened.log.append(events, fence)).toBe(3);
    expect(await opened.log.append([event('x', 3)], fence)).toBe(4);
    const all = await opened.log.read(0, 10);
    expect(all.slice(0, 3)).toEqual(events.map((written, index) => ({ ...written, position: index + 1 })));
    expect((await opened.log.read(1, 2)).map(({ position }) => position)).toEqual([2, 3]);
    expect((await opened.log.readStream('x', 0, 9)).map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  test('zero bytes and halves of characters are refused, and what is storable is not', async () => {
    const fence = await lead('a').acquire();
    for (const text of ['a\0b', '\ud83d', '\ude00'])
      for (const data of [{ text }, { [text]: 1 }]) {
        await expect(opened.log.append([event('x', 1, data)], fence)).rejects.toThrow();
        await opened.log.append([storable(event(JSON.stringify(data), 1, data))], fence);
      }
    expect((await opened.log.read(0, 10)).map(({ data }) => data)).toEqual(
      ['ab', '\ufffd', '\ufffd'].flatMap((text) => [{ text }, { [text]: 1 }]),
    );
  });

  test('a stream is read from its end, page by page, from a position of its own or of another stream', async () => {
    const fence = await lead('a').acquire();
    await opened.log.append(
      [event('x', 1), event('y', 1), event('x', 2), event('y', 2), event('x', 3, { deep: [1] })],
      fence,
    );
    const positions = async (before: number | undefined, limit: number, stream = 'x') =>
      (await opened.log.readStreamBefore(stream, before, limit)).map(({ position }) => position);
    expect(await opened.log.readStreamBefore('x', undefined, 1)).toEqual([
      { ...event('x', 3, { deep: [1] }), position: 5 },
    ]);
    expect(await positions(undefined, 2)).toEqual([5, 3]);
    expect(await positions(3, 2)).toEqual([1]);
    expect(await positions(4, 2)).toEqual([3, 1]);
    expect(await positions(99, 9)).toEqual([5, 3, 1]);
    expect(await positions(1, 2)).toEqual([]);
    expect(await positions(undefined, 2, 'z')).toEqual([]);
  });

  test('the last version of a stream is told, also of one without events', async () => {
    const fence = await lead('a').acquire();
    await opened.log.append([event('x', 1), event('y', 1), event('x', 2)], fence);
    expect(await opened.log.versionsOf(['y', 'x', 'z'])).toEqual(
      new Map([
        ['y', 1],
        ['x', 2],
        ['z', 0],
      ]),
    );
  });

  test('a stream is read page by page, or those of its events that have certain versions', async () => {
    const fence = await lead('a').acquire();
    await opened.log.append(
      [event('x', 1), event('y', 1), event('x', 2), event('x', 3), event('x', 4, { deep: 'ü' })],
      fence,
    );
    const versions = async (afterVersion: number, limit: number, stream = 'x') =>
      (await opened.log.readStream(stream, afterVersion, limit)).map(({ version }) => version);
    expect(await versions(0, 3)).toEqual([1, 2, 3]);
    expect(await versions(3, 3)).toEqual([4]);
    expect(await versions(4, 3)).toEqual([]);
    expect(await versions(0, 3, 'z')).toEqual([]);
    expect(await opened.log.readVersions('x', [4, 9, 2])).toEqual([
      { ...event('x', 2), position: 3 },
      { ...event('x', 4, { deep: 'ü' }), position: 5 },
    ]);
    expect(await opened.log.readVersions('y', [2])).toEqual([]);
  });

  test('two writers at one version of a stream: the second writes nothing of its batch', async () => {
    const fence = await lead('a').acquire();
    await opened.log.append([event('x', 1)], fence);
    const second = opened.log.append([event('y', 1), event('x', 1)], fence);
    await expect(second).rejects.toBeInstanceOf(VersionConflictError);
    expect(await opened.log.readStream('y', 0, 9)).toEqual([]);
  });

  test('a leader whose epoch is over writes nothing', async () => {
    const old = await lead('a').acquire();
    const fresh = await lead('a').acquire();
    expect(fresh.epoch).toBe(old.epoch + 1);
    await expect(opened.log.append([event('x', 1)], old)).rejects.toBeInstanceOf(StaleEpochError);
    expect(await opened.log.append([event('x', 1)], fresh)).toBe(1);
  });

  test('an append whose answer was lost is found to be written, and is written once', async () => {
    const fence = await lead('a').acquire();
    const schema = opened.orm.config.get('schema') as string;
    const log = await PostgresEventLog.open(losingAnswers(await poolOf(opened.orm), 2, 'ECONNRESET'), schema);
    expect(await log.append([event('x', 1), event('x', 2)], fence)).toBe(2);
    expect(await log.append([event('x', 3)], fence)).toBe(3);
    expect((await opened.log.read(0, 10)).map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  test('a new leader that does not know the end of the log cannot overwrite it', async () => {
    const fence = await lead('a').acquire();
    await opened.log.append([event('x', 1)], fence);
    const schema = opened.orm.config.get('schema') as string;
    const other = await PostgresEventLog.open(await poolOf(opened.orm), schema);
    await expect(other.append([event('y', 1)], fence)).rejects.toBeInstanceOf(VersionConflictError);
    expect(await other.findEnd()).toBe(1);
    expect(await other.append([event('y', 1)], fence)).toBe(2);
  });
});

describe('the lease of a shard', () => {
  test('a second holder waits until the lease runs out, and the first cannot renew it then', async () => {
    const first = lead('a', 60_000);
    const old = await first.acquire();
    const schema = opened.orm.config.get('schema') as string;
    const { pool, tries } = countingTries(await poolOf(opened.orm), 3);
    const second = new ShardLease(pool, schema, { shard, holder: 'b', leaseMs: 300 });
    let taken = false;
    const waiting = second.acquire().finally(() => (taken = true));
    await Promise.race([tries, waiting]);
    expect(taken).toBe(false);
    await opened.orm.em
      .getConnection()
      .execute(`update "${schema}".shard_lease set expires_at = expires_at - interval '60 seconds'`);
    const fresh = await waiting;
    expect(fresh.epoch).toBe(old.epoch + 1);
    expect(await first.renew(old)).toBe(false);
    expect(await second.renew(fresh)).toBe(true);
  });

  test('a released lease is free at once', async () => {
    const first = lead('a');
    await first.release(await first.acquire());
    expect((await lead('b').acquire()).epoch).toBe(2);
  });
});

describe('snapshots', () => {
  const schemaName = (): string => `"${opened.orm.config.get('schema')}"`;
  const saved = () => ({
    snapshots: opened.snapshotsOf(shard),
    query: (text: string): Promise<object[]> =>
      opened.orm.em.getConnection().execute(text.replace('#', `${schemaName()}.snapshot_part`)),
  });

  test('the newest one is kept, an older one never replaces it', async () => {
    const snapshots = opened.snapshotsOf(shard);
    expect(await snapshots.load()).toBeUndefined();
    await snapshots.save({ position: 5, state: { n: [5] } });
    await snapshots.save({ position: 3, state: { n: [3] } });
    expect(await snapshots.load()).toEqual({ position: 5, state: { n: [5] } });
    await snapshots.save({ position: 9, state: { n: [9] } });
    expect(await snapshots.load()).toEqual({ position: 9, state: { n: [9] } });
  });

  test('one of any length comes back as it was, and leaves no part of those before it', async () => {
    const { snapshots, query } = saved();
    const state = { format: 5, none: [], many: Array.from({ length: 2_500 }, (_, n) => [`key ${n}`, { n }]) };
    await snapshots.save({ position: 1, state });
    await snapshots.save({ position: 2, state });
    expect(await snapshots.load()).toEqual({ position: 2, state });
    expect(await query('select distinct position from # where number = 2')).toEqual([{ position: '2' }]);
  });

  test('one that was broken off is not read', async () => {
    const { snapshots, query } = saved();
    await snapshots.save({ position: 1, state: { n: [1] } });
    await query(`insert into # values ('${shard}', 2, gen_random_uuid(), 0, 'n', '[2]')`);
    expect(await snapshots.load()).toEqual({ position: 1, state: { n: [1] } });
  });

  test('one that was written as a whole is read, also over one in parts', async () => {
    const { snapshots, query } = saved();
    await snapshots.save({ position: 1, state: { n: [1] } });
    await query(`update ${schemaName()}.snapshot set position = 2, state = '{"n":[2]}'`);
    expect(await snapshots.load()).toEqual({ position: 2, state: { n: [2] } });
  });
});
