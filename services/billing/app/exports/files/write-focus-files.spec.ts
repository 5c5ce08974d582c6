import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { FOCUS_COLUMNS, useRow, type FocusRow, type Price } from '@slipway/billing-core';
import { writeFocusFiles } from './write-focus-files.js';

const HOUR = Date.parse('2026-11-01T05:00:00Z');
const PRICE: Price = {
  priceId: 'first/cpu',
  sku: 'cpu',
  cardId: 'first',
  nanoUsdPerUnit: 13_100n,
  region: { numerator: 7n, denominator: 6n },
  nonPreemptible: { numerator: 1n, denominator: 1n },
  discount: { numerator: 4n, denominator: 5n },
};

async function* rowsOf(count: number): AsyncGenerator<FocusRow> {
  for (let n = 0; n < count; n += 1)
    yield useRow(
      {
        subject: {
          workspaceId: 'ws-1',
          environment: 'main',
          resource: {
            kind: 'function',
            appId: 'ap-1',
            appName: 'shop',
            functionId: `fu-${n % 7}`,
            functionTag: 'say "hi", twice',
            purpose: 'serve',
          },
          tags: { team: 'web', 'a,b': 'ü' },
          simulated: false,
          price: PRICE,
          hour: HOUR,
          billedIn: '2026-11',
        },
        accountName: 'Ada & Sons',
        chargeId: `ch-${n}`,
        from: HOUR,
        to: HOUR + 3_600_000,
        quantity: BigInt(n),
        listMicroUsd: BigInt(n) * 3n,
        billedMicroUsd: BigInt(n) * 2n + 1n,
      },
      'Slipway',
    );
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(['csv', 'parquet'] as const)('an export as %s', (format) => {
  test('has the same bytes for the same rows, and a digest of each file', async () => {
    const written = [];
    for (const place of ['a', 'b'])
      written.push(
        await writeFocusFiles(rowsOf(2_500), {
          folder: join(folder, format, place),
          format,
          rowsPerFile: 1_000,
        }),
      );
    expect(written[0]).toEqual(written[1]);
    expect(written[0]?.files.map(({ name, rows }) => [name, rows])).toEqual([
      [`focus-0001.${format}`, 1_000],
      [`focus-0002.${format}`, 1_000],
      [`focus-0003.${format}`, 500],
    ]);
  });

  test('is read by DuckDB with its columns, types and exact sums', async () => {
    const place = join(folder, format, 'read');
    const { sums } = await writeFocusFiles(rowsOf(2_500), { folder: place, format, rowsPerFile: 1_000 });
    const database = await (await DuckDBInstance.create()).connect();
    const source =
      format === 'parquet'
        ? `read_parquet('${place}/*.parquet')`
        : `read_csv('${place}/*.csv', header = true, types = {'BilledCost': 'DECIMAL(18,6)', 'ListCost': 'DECIMAL(18,6)', 'PricingQuantity': 'DECIMAL(38,12)'})`;
    const [row] = (
      await database.runAndReadAll(
        `select count(*), sum(BilledCost), sum(ListCost), sum(PricingQuantity), strftime(min(ChargePeriodStart), '%Y-%m-%d %H:%M:%S'),
          count(InvoiceId), min(x_FunctionName), any_value(json_extract_string(Tags, '$."a,b"')) from ${source}`,
      )
    ).getRowsJson();
    expect(row).toEqual([
      '2500',
      sums['BilledCost'],
      sums['ListCost'],
      sums['PricingQuantity'],
      '2026-11-01 05:00:00',
      '0',
      'say "hi", twice',
      'ü',
    ]);
    const columns = (await database.runAndReadAll(`describe select * from ${source}`)).getRowsJson();
    expect(columns.map(([name]) => name)).toEqual(FOCUS_COLUMNS.map(({ name }) => name));
  });
});

test('no rows make a file with columns and nothing else', async () => {
  const place = join(folder, 'none');
  expect(await writeFocusFiles(rowsOf(0), { folder: place, format: 'csv' })).toMatchObject({
    rows: 0,
    files: [{ name: 'focus-0001.csv', rows: 0 }],
  });
  expect((await readFile(join(place, 'focus-0001.csv'), 'utf8')).split('\r\n')).toHaveLength(2);
  await writeFocusFiles(rowsOf(0), { folder: place, format: 'parquet' });
  const database = await (await DuckDBInstance.create()).connect();
  const read = await database.runAndReadAll(`select count(*) from '${place}/focus-0001.parquet'`);
  expect(read.getRowsJson()).toEqual([['0']]);
});

test('what fails on the way leaves no half file', async () => {
  const place = join(folder, 'broken');
  const broken = async function* (): AsyncGenerator<FocusRow> {
    yield* rowsOf(3);
    throw new Error('the database is away');
  };
  await expect(writeFocusFiles(broken(), { folder: place, format: 'csv' })).rejects.toThrow('is away');
  await expect(readFile(join(place, 'focus-0001.csv'))).rejects.toThrow('ENOENT');
});
