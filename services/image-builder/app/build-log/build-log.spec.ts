import { setTimeout as pause } from 'node:timers/promises';
import type { ImageId } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { openStorage, type Storage } from '../ledger/open-storage.js';
import { BuildLogTable } from './build-log-table.js';
import { BuildLog } from './build-log.js';

const KIB = 1024;
const PIECE = 'x'.repeat(32 * KIB);

let storage: Storage;
overPostgres(openStorage, (opened) => (storage = opened));

/** The storage's pool, which counts what is read and can be away. */
const watched = () => {
  const pool = {
    isAway: false,
    reads: 0,
    query: (statement: Parameters<SqlPool['query']>[0]) => {
      if (pool.isAway) return Promise.reject(new Error('away'));
      if (statement.name === 'read-build-log') pool.reads += 1;
      return storage.pool.query(statement);
    },
  };
  return pool as typeof pool & SqlPool;
};
const readAll = async (log: BuildLog, imageId: ImageId) => {
  const pages: string[][] = [];
  for (let afterEntry = 0; ;) {
    const { logs, lastEntry } = await log.after(imageId, afterEntry);
    if (logs.length === 0) return pages;
    pages.push(logs.map(({ data }) => data));
    expect(lastEntry).toBeGreaterThan(afterEntry);
    afterEntry = lastEntry;
  }
};
const isSettled = (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), pause(50).then(() => false)]);

describe('what a build says', () => {
  test('is read from its first word on, however much it is: of what is in the table the newest is kept besides', async () => {
    const pool = watched();
    const log = new BuildLog(pool, () => undefined);
    await log.open('im-long');
    for (let at = 0; at < 640; at += 1) {
      log.add('im-long', 1, `${at} ${PIECE}`, 'stdout');
      await log.untilRoom();
    }
    await log.flush();
    const pages = await readAll(log, 'im-long');
    expect(pages.flat().map((data) => Number(data.split(' ')[0]))).toEqual(
      Array.from({ length: 640 }, (_, at) => at),
    );
    for (const page of pages) expect(page.join('').length).toBeLessThan(600 * KIB);
    // 20 MiB, of which no more than 8 are in memory.
    expect(pool.reads).toBeGreaterThan(20);
    pool.reads = 0;
    expect((await log.after('im-long', 630)).logs).toHaveLength(10);
    expect(pool.reads).toBe(0);
  });

  test('waits for the table once much is not written there', async () => {
    const pool = watched();
    const log = new BuildLog(pool, () => undefined);
    await log.open('im-waits');
    pool.isAway = true;
    for (let at = 0; at < 200; at += 1) log.add('im-waits', 1, PIECE, 'stdout');
    const room = log.untilRoom();
    await log.flush();
    expect(await isSettled(room)).toBe(false);
    pool.isAway = false;
    await log.flush();
    expect(await isSettled(room)).toBe(true);
    expect((await readAll(log, 'im-waits')).flat()).toHaveLength(200);
  });

  test('goes on after an attempt before, of which nothing is said any more', async () => {
    const before = new BuildLog(storage.pool, () => undefined);
    await before.open('im-again');
    before.add('im-again', 1, 'first\n', 'stdout');
    await before.close('im-again');
    const log = new BuildLog(storage.pool, () => undefined);
    await log.open('im-again');
    expect((await log.after('im-again', 0)).logs).toMatchObject([{ data: 'first\n' }]);
    log.add('im-again', 2, 'second\n', 'stderr');
    expect(await log.after('im-again', 0)).toMatchObject({ logs: [{ data: 'second\n' }], lastEntry: 2 });
    const saidAt = await log.lastAt('im-again');
    await log.close('im-again');
    expect(await log.after('im-again', 0)).toMatchObject({ logs: [{ data: 'second\n' }], lastEntry: 2 });
    expect(await log.lastAt('im-again')).toBe(saidAt);
    expect(await log.after('im-again', 2)).toEqual({ logs: [], lastEntry: 2 });
    expect(await log.lastAt('im-silent')).toBe(0);
  });

  test('is forgotten, a few lines at a time, once the last of it is old: not while it is built', async () => {
    const table = new BuildLogTable(storage.pool);
    const say = (imageId: ImageId, entry: number, attempt: number, at: number) =>
      table.write([{ imageId, entry, attempt, stream: 'stdout', data: `${entry}`, at }]);
    for (const imageId of ['im-old', 'im-long-build', 'im-rebuilt', 'im-building'])
      for (const entry of [1, 2]) await say(imageId, entry, 1, 100 + entry);
    await say('im-long-build', 3, 1, 200);
    await say('im-rebuilt', 3, 2, 200);
    await table.forget(200, ['im-building'], 1);
    const left = async (imageId: ImageId): Promise<number[]> =>
      (await Promise.all([1, 2].map((attempt) => table.page(imageId, 0, attempt))))
        .flat()
        .map(({ entry }) => entry);
    expect(await left('im-old')).toEqual([]);
    expect(await left('im-long-build')).toEqual([1, 2, 3]);
    expect(await left('im-rebuilt')).toEqual([3]);
    expect(await left('im-building')).toEqual([1, 2]);
  });
});
