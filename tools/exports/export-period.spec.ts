import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { PublicApi } from '../platform/open-public-api.ts';
import { parseArguments } from '../terminal/parse-arguments.ts';
import { exportPeriod } from './export-period.ts';

const CSV = 'BilledCost\r\n1\r\n';
const sha256 = createHash('sha256').update(CSV).digest('hex');
const manifest = {
  rows: 1,
  sums: { BilledCost: '1' },
  files: [{ name: 'focus-0001.csv', sizeBytes: CSV.length, sha256 }],
};
const TRY = {
  state: 'waiting',
  error: 'Error: the bucket is away',
  triesAgainAt: '2026-12-01T00:00:05.000Z',
};

/** A site that answers so, one answer after the other, when it is asked how the export stands. */
const siteThatAnswers = (...answers: object[]): PublicApi => ({
  get: async () => answers.shift(),
  send: async () => ({ exportId: 'ex-1', state: 'waiting' }),
  text: async () => '',
  bytes: async () => new Blob([CSV]).stream(),
});

let out = '';
let said: string[] = [];
const exported = (api: PublicApi): Promise<number> => {
  const words = ['--from', '2026-11-01', '--to', '2026-12-01', '--out', out];
  return exportPeriod(api, parseArguments(words, { from: 'text', to: 'text', out: 'text' }));
};

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'slipway-export-'));
  said = [];
  for (const stream of ['log', 'error'] as const)
    jest.spyOn(console, stream).mockImplementation((text: string) => void said.push(`${stream}: ${text}`));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(out, { recursive: true });
});

test('a folder that had an export before has the new one alone, and all else that was there', async () => {
  for (const name of [
    'focus-0001.csv',
    'focus-0002.csv',
    'focus-0003.csv.part',
    'manifest.json',
    'notes.csv',
  ])
    await writeFile(join(out, name), 'old');
  expect(await exported(siteThatAnswers({ state: 'written', manifest }))).toBe(0);
  expect((await readdir(out)).toSorted()).toEqual(['focus-0001.csv', 'manifest.json', 'notes.csv']);
  expect(await readFile(join(out, 'focus-0001.csv'), 'utf8')).toBe(CSV);
});

test('why an export is not written yet is told once for each try', async () => {
  const site = siteThatAnswers({ state: 'waiting' }, TRY, TRY, { state: 'written', manifest });
  expect(await exported(site)).toBe(0);
  expect(said).toEqual([
    'error:   not written yet: Error: the bucket is away; tried again at 2026-12-01T00:00:05.000Z',
    `log: 1 rows, 1 USD billed, in ${out}: focus-0001.csv, manifest.json`,
  ]);
});

test('one that was given up says why', async () => {
  const site = siteThatAnswers({ state: 'failed', error: 'Error: the bucket is away' });
  await expect(exported(site)).rejects.toThrow('the export failed: Error: the bucket is away');
});
