import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerUsage } from '@slipway/contracts';
import S3rver from 's3rver';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { checkUsage } from '../metering/check-usage.js';
import { takeUsage } from '../metering/take-usage.js';
import { priceUsage } from '../processes/price-usage/price-usage.js';
import { removeOldExport } from '../processes/remove-old-exports/remove-old-export.js';
import { requestDueExports } from '../processes/write-exports/request-due-exports.js';
import { writeNextExport } from '../processes/write-exports/write-next-export.js';
import { openStore, type BillingStore } from '../store/open-store.js';
import { closeMonths } from '../invoices/close-months.js';
import { deleteExportSchedule, listExportSchedules, setExportSchedule } from './export-schedules.js';
import { readExports } from './export-rows.js';
import { findExport, readExportFile, requestExport } from './request-export.js';
import { DiskShelf } from './shelf/disk-shelf.js';
import type { ExportShelf } from './shelf/export-shelf.js';
import { S3Shelf } from './shelf/s3-shelf.js';

const NOVEMBER = Date.parse('2026-11-01T00:00:00Z');
const DECEMBER = Date.parse('2026-12-01T00:00:00Z');
const NOW = DECEMBER + 3 * 86_400_000;
const SECOND_NS = 1_000_000_000;
const DAY_MS = 86_400_000;
let store: BillingStore;
let folder = '';
let server: S3rver;
const shelves: Record<string, ExportShelf> = {};

const ran = (workspaceId: string, n: number): ContainerUsage => ({
  kind: 'container',
  sequence: 0,
  workspaceId,
  environment: 'main',
  fromMs: NOVEMBER + n * 3_600_000,
  durationNs: SECOND_NS,
  containerId: `ta-${workspaceId}-${n}`,
  end: 'idle',
  workerId: 'wo-1',
  appId: 'ap-1',
  appName: 'shop',
  functionId: 'fu-1',
  functionTag: 'render',
  purpose: 'serve',
  tags: {},
  preemptible: true,
  phases: { startingNs: 0, busyNs: SECOND_NS, idleNs: 0, stoppingNs: 0 },
  calls: [],
  cpu: { usedNs: 0, reservedNs: SECOND_NS },
  memory: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
  disk: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
  gpus: [],
  egressBytes: 0,
});

overPostgres(openStore, async (opened) => {
  store = opened;
  folder = await mkdtemp(join(tmpdir(), 'slipway-exports-'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 'server'),
    configureBuckets: [{ name: 'finance', configs: [] }],
  });
  const { port } = (await server.run()) as AddressInfo;
  shelves['disk'] = new DiskShelf(join(folder, 'shelf'));
  shelves['S3'] = new S3Shelf({
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'finance',
    region: 'us-east-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    prefix: 'billing/',
  });
  const facts = ['ws-1', 'ws-2'].flatMap((id) => Array.from({ length: 40 }, (_, n) => ran(id, n)));
  expect(await takeUsage(store.pool, checkUsage(facts), () => NOW)).toEqual([]);
  while ((await priceUsage(store.pool, () => NOW)) > 0);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const writeAll = async (shelf: ExportShelf, at = NOW): Promise<void> => {
  const place = { shelf, scratch: join(folder, 'scratch'), issuer: 'Slipway' };
  while (await writeNextExport(store.pool, place, () => at));
};
const ask = (workspaceId: string | null, change = {}) => ({
  workspaceId,
  fromMs: NOVEMBER,
  toMs: DECEMBER,
  granularity: 'hourly' as const,
  format: 'csv' as const,
  requestedBy: 'ada',
  ...change,
});
const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'not refused',
    (error: { refusal?: { code: string } }) => error.refusal?.code ?? String(error),
  );

describe.each(['disk', 'S3'])('an export on %s', (kind) => {
  test('is what its manifest says, and only its own workspace reads it', async () => {
    const shelf = shelves[kind]!;
    const { exportId } = await requestExport(store.pool, ask('ws-1'), NOW);
    const file = { workspaceId: 'ws-1', exportId, name: 'focus-0001.csv', offset: 0 };
    expect(await codeOf(readExportFile(store.pool, shelf, file))).toBe('export-not-written');
    await writeAll(shelf);
    const { manifest } = await findExport(store.pool, { workspaceId: 'ws-1', exportId });
    expect(manifest).toMatchObject({ rows: 40, specificationVersion: '1.2', to: '2026-12-01T00:00:00.000Z' });
    const first = await readExportFile(store.pool, shelf, file);
    const whole = Buffer.from(first.base64, 'base64');
    expect(createHash('sha256').update(whole).digest('hex')).toBe(manifest?.files[0]?.sha256);
    expect(first.sizeBytes).toBe(manifest?.files[0]?.sizeBytes);
    const rest = await readExportFile(store.pool, shelf, { ...file, offset: 1_000 });
    expect(Buffer.from(rest.base64, 'base64').equals(whole.subarray(1_000))).toBe(true);
    const past = await readExportFile(store.pool, shelf, { ...file, offset: whole.length });
    expect(past.base64).toBe('');
    const kept = await readExportFile(store.pool, shelf, { ...file, name: 'manifest.json' });
    expect(JSON.parse(Buffer.from(kept.base64, 'base64').toString())).toEqual(manifest);
    for (const workspaceId of ['ws-2', null])
      expect(await codeOf(readExportFile(store.pool, shelf, { ...file, workspaceId }))).toBe(
        'export-not-found',
      );
    expect(await codeOf(readExportFile(store.pool, shelf, { ...file, name: '../secret' }))).toBe(
      'export-file-not-found',
    );
  });

  test('is removed when it has been kept long enough, not before, and stays on the list', async () => {
    const shelf = shelves[kind]!;
    const { exportId } = await requestExport(store.pool, ask('ws-2'), NOW);
    await writeAll(shelf);
    const file = { workspaceId: 'ws-2', exportId, name: 'focus-0001.csv', offset: 0 };
    const removeAll = async (days: number, at: number): Promise<void> => {
      while (await removeOldExport(store.pool, shelf, days, at));
    };
    await removeAll(30, NOW + 30 * DAY_MS);
    await removeAll(0, NOW + 10_000 * DAY_MS);
    expect((await readExportFile(store.pool, shelf, file)).sizeBytes).toBeGreaterThan(0);
    // One that ended after the files were gone, and before that was written down.
    await shelf.remove(exportId, ['manifest.json', 'focus-0001.csv']);
    expect(await codeOf(readExportFile(store.pool, shelf, file))).toBe('export-file-gone');
    await removeAll(30, NOW + 30 * DAY_MS + 1);
    expect(await codeOf(readExportFile(store.pool, shelf, file))).toBe('export-removed');
    const kept = await findExport(store.pool, { workspaceId: 'ws-2', exportId });
    expect(kept).toMatchObject({ state: 'removed', manifest: { rows: 40 } });
  });
});

test('a period that makes no sense is refused, and nothing is kept of it', async () => {
  const before = await readExports(store.pool, { workspaceId: 'ws-2', limit: 10 });
  for (const [change, code] of [
    [{ fromMs: NOVEMBER + 1 }, 'period-not-whole-days'],
    [{ fromMs: DECEMBER }, 'period-empty'],
    [{ fromMs: Date.parse('2027-02-01'), toMs: Date.parse('2027-03-01') }, 'period-in-the-future'],
  ] as const)
    expect(await codeOf(requestExport(store.pool, ask('ws-2', change), NOW))).toBe(code);
  expect(await readExports(store.pool, { workspaceId: 'ws-2', limit: 10 })).toEqual(before);
});

describe('the exports that wait', () => {
  const dayOf = (n: number) => ({ fromMs: NOVEMBER + n * DAY_MS, toMs: NOVEMBER + (n + 1) * DAY_MS });

  test('are each one, however often and by how many they are asked for at once, and not more than may wait', async () => {
    const days = Array.from({ length: 25 }, (_, n) => dayOf(n));
    const request = (change: object) => requestExport(store.pool, ask('ws-5', change), NOW);
    const [first, ...others] = await Promise.all([dayOf(0), dayOf(0), dayOf(0)].map(request));
    expect(others).toEqual([first, first]);
    expect((await request({ ...dayOf(0), format: 'parquet' })).exportId).not.toBe(first!.exportId);
    const codes = await Promise.all(days.map((day) => codeOf(request(day))));
    expect(codes.filter((code) => code === 'exports-waiting')).toHaveLength(6);
    expect(await codeOf(request(dayOf(0)))).toBe('not refused');
    expect(await codeOf(requestExport(store.pool, ask('ws-4', dayOf(0)), NOW))).toBe('not refused');
    await writeAll(shelves['disk']!);
    expect(await codeOf(request(dayOf(24)))).toBe('not refused');
    await writeAll(shelves['disk']!);
  });

  test('are written for one workspace after the other, whoever asked for many first', async () => {
    const asked = [
      ...[0, 1, 2].map((n) => ['ws-many', dayOf(n)] as const),
      ['ws-few', dayOf(0)] as const,
      [null, dayOf(0)] as const,
    ];
    for (const [n, [of, day]] of asked.entries()) await requestExport(store.pool, ask(of, day), NOW + n);
    const place = { shelf: shelves['disk']!, scratch: join(folder, 'scratch'), issuer: 'Slipway' };
    const left = async (of: string | null) =>
      (await readExports(store.pool, { workspaceId: of, limit: 10 })).filter(
        ({ state }) => state === 'waiting',
      ).length;
    for (let at = NOW; at < NOW + 3; at += 1) await writeNextExport(store.pool, place, () => at);
    expect([await left('ws-many'), await left('ws-few'), await left(null)]).toEqual([2, 0, 0]);
    await writeAll(shelves['disk']!);
  });
});

describe('an export that cannot be written', () => {
  const away: ExportShelf = {
    put: () => Promise.reject(new Error('the bucket does not answer')),
    read: () => Promise.resolve(undefined),
    remove: () => Promise.resolve(),
  };

  test('says why, is tried again after a while, and is written once that can be', async () => {
    const { exportId } = await requestExport(store.pool, ask('ws-8'), NOW);
    const found = () => findExport(store.pool, { workspaceId: 'ws-8', exportId });
    let at = NOW;
    for (let tries = 0; tries < 8; tries += 1) {
      await expect(writeAll(away, at)).rejects.toThrow(`${exportId} is tried again at`);
      await writeAll(away, at);
      const { state, error, triesAgainAtMs } = await found();
      expect([state, error]).toEqual(['waiting', 'Error: the bucket does not answer']);
      at = triesAgainAtMs!;
    }
    await writeAll(shelves['disk']!, at);
    expect(await found()).toMatchObject({ state: 'written', endedAtMs: at });
    expect(await found()).not.toHaveProperty('error');
  });

  test('holds up no other one', async () => {
    await requestExport(store.pool, ask('ws-7'), NOW);
    await expect(writeAll(away)).rejects.toThrow('the bucket does not answer');
    const { exportId } = await requestExport(store.pool, ask('ws-6'), NOW);
    await writeAll(shelves['disk']!);
    const written = await findExport(store.pool, { workspaceId: 'ws-6', exportId });
    expect(written).toMatchObject({ state: 'written' });
  });

  test('is given up in the end, and stays on the list with the reason', async () => {
    const { exportId } = await requestExport(store.pool, ask('ws-9'), NOW);
    const found = () => findExport(store.pool, { workspaceId: 'ws-9', exportId });
    let said = '';
    for (let at = NOW; (await found()).state === 'waiting'; at = (await found()).triesAgainAtMs ?? at)
      await writeAll(away, at).catch((error: unknown) => (said = String(error)));
    expect(said).toContain(`${exportId} is given up, try 33: Error: the bucket does not answer`);
    expect(await found()).toMatchObject({ state: 'failed', error: 'Error: the bucket does not answer' });
  });
});

test('schedules export the days that are over, and the months once their invoices are issued, each once', async () => {
  const daily = { every: 'day', granularity: 'hourly', format: 'parquet', setBy: 'ada' } as const;
  await setExportSchedule(store.pool, { workspaceId: null, ...daily }, NOW);
  await setExportSchedule(store.pool, { workspaceId: 'ws-1', ...daily, every: 'month' }, NOW);
  expect(await listExportSchedules(store.pool, null)).toEqual([daily]);
  const periods = async (workspaceId: string | null): Promise<string[]> =>
    (await readExports(store.pool, { workspaceId, limit: 100 }))
      .filter(({ format }) => format === 'parquet')
      .map(
        ({ fromMs, toMs }) =>
          `${new Date(fromMs).toISOString().slice(0, 10)}/${new Date(toMs).toISOString().slice(0, 10)}`,
      );
  for (let times = 0; times < 2; times += 1) await requestDueExports(store.pool, NOW + 4 * 3_600_000);
  expect(await periods(null)).toEqual(['2026-12-03/2026-12-04']);
  expect(await periods('ws-1')).toEqual(['2026-10-01/2026-11-01']);
  await closeMonths(store.pool, '2026-11', NOW);
  await requestDueExports(store.pool, NOW + 4 * 3_600_000);
  expect((await periods('ws-1')).toSorted()).toEqual(['2026-10-01/2026-11-01', '2026-11-01/2026-12-01']);
  // Nobody was there to ask for two days.
  await requestDueExports(store.pool, NOW + 3 * DAY_MS + 4 * 3_600_000);
  expect((await periods(null)).toSorted()).toEqual([
    '2026-12-03/2026-12-04',
    '2026-12-04/2026-12-05',
    '2026-12-05/2026-12-06',
    '2026-12-06/2026-12-07',
  ]);
  for (const month of ['2026-12', '2027-01']) await closeMonths(store.pool, month, NOW + 60 * DAY_MS);
  await requestDueExports(store.pool, NOW + 60 * DAY_MS);
  const months = ['10-01/2026-11-01', '11-01/2026-12-01', '12-01/2027-01-01'].map((month) => `2026-${month}`);
  expect((await periods('ws-1')).toSorted()).toEqual([...months, '2027-01-01/2027-02-01']);
  for (let month = 2; month <= 12; month += 1)
    await closeMonths(store.pool, `2027-${String(month).padStart(2, '0')}`, NOW + 400 * DAY_MS);
  await requestDueExports(store.pool, NOW + 400 * DAY_MS);
  const late = (await periods('ws-1')).toSorted().slice(4);
  expect([late[0], late.length]).toEqual(['2027-06-01/2027-07-01', 7]);
  await deleteExportSchedule(store.pool, { workspaceId: null, every: 'day' });
  expect(await codeOf(deleteExportSchedule(store.pool, { workspaceId: null, every: 'day' }))).toBe(
    'export-schedule-not-found',
  );
});
