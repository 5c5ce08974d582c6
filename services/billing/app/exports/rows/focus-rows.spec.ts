import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { inTransaction } from '@slipway/event-store';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { listCosts } from '../../costs/list-costs.js';
import { readInvoices } from '../../store/invoice-rows.js';
import { openStore, type BillingStore } from '../../store/open-store.js';
import { writeFocusFiles } from '../files/write-focus-files.js';
import { focusRows } from './focus-rows.js';
import { billTwoMonths, DECEMBER, JANUARY, NOVEMBER, WORKSPACES } from './two-months.testing.js';

const HOUR_MS = 3_600_000;
let store: BillingStore;
let folder = '';

overPostgres(openStore, async (opened) => {
  store = opened;
  folder = await mkdtemp(join(tmpdir(), 'slipway-focus-'));
  await billTwoMonths(store);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const exported = async (
  granularity: 'hourly' | 'daily',
  from = NOVEMBER,
  to = JANUARY,
  workspaceId?: string,
): Promise<(query: string) => Promise<unknown[]>> => {
  const place = await mkdtemp(join(folder, 'export-'));
  await inTransaction(store.pool, (connection) =>
    writeFocusFiles(
      focusRows(connection, {
        granularity,
        period: { from, to },
        issuer: 'Slipway',
        ...(workspaceId === undefined ? {} : { workspaceId }),
      }),
      { folder: place, format: 'parquet' },
    ),
  );
  const database = await (await DuckDBInstance.create()).connect();
  await database.run(`create view focus as from read_parquet('${place}/*.parquet')`);
  return async (query) => (await database.runAndReadAll(query)).getRowsJson();
};
const ledger = async (text: string): Promise<unknown[]> => {
  const { rows } = await store.pool.query<Record<string, unknown>>({ text });
  return rows.map((row) => Object.values(row));
};
const USD = (sum: string): string => `round(${sum} / 1000000.0, 6)::numeric(18,6)::text`;

describe.each(['hourly', 'daily'] as const)('an %s export that DuckDB reads', (granularity) => {
  test('is the invoices, each to the micro-dollar', async () => {
    const query = await exported(granularity);
    const invoices = (await Promise.all(WORKSPACES.map((id) => readInvoices(store.pool, id)))).flat();
    expect(invoices).toHaveLength(4);
    expect(
      await query(
        `select InvoiceId, (sum(BilledCost) * 1000000)::bigint::text from focus group by 1 order by 1`,
      ),
    ).toEqual(
      invoices
        .map(({ invoiceNumber, dueMicroUsd, prepaidMicroUsd }) => [
          invoiceNumber,
          String(dueMicroUsd + prepaidMicroUsd),
        ])
        .toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    );
  });

  test('answers by tag, by function, by day, and effective against list, as the ledger does', async () => {
    const query = await exported(granularity);
    const usage = `from focus where ChargeCategory = 'Usage'`;
    expect(
      await query(
        `select json_extract_string(Tags, '$.team'), sum(EffectiveCost)::text ${usage} group by 1 order by 1`,
      ),
    ).toEqual(
      await ledger(
        `select subject -> 'tags' ->> 'team', ${USD('sum(billed)')} from billing.charges group by 1 order by 1`,
      ),
    );
    expect(
      await query(
        `select BillingAccountId, ResourceId, sum(ListCost)::text, sum(EffectiveCost)::text ${usage} group by 1, 2 order by 1, 2`,
      ),
    ).toEqual(
      await ledger(
        `select workspace_id, resource_id, ${USD('sum(list)')}, ${USD('sum(billed)')} as paid from billing.charges group by 1, 2 order by 1, 2`,
      ),
    );
    expect(
      await query(
        `select strftime(ChargePeriodStart, '%Y-%m-%d'), sum(BilledCost)::text ${usage} group by 1 order by 1`,
      ),
    ).toEqual(
      await ledger(
        `select to_char(to_timestamp(hour / 1000) at time zone 'UTC', 'YYYY-MM-DD') as day, ${USD('sum(billed)')} from billing.charges group by 1 order by 1`,
      ),
    );
    expect(
      await query(
        `select SkuId, sum(ConsumedQuantity)::varchar, count(*) > 0 ${usage} and ConsumedUnit = 'Core-Seconds' group by 1`,
      ),
    ).toEqual(
      await ledger(
        `select sku, (sum(quantity) / 1000000000)::numeric(38,12)::text, true from billing.charges where sku = 'cpu' group by 1`,
      ),
    );
  });

  test('periods that follow one another add up to the whole, and late use is a correction', async () => {
    const sums = `select sum(BilledCost)::text, sum(ListCost)::text, count(*) from focus`;
    const middle = NOVEMBER + 13 * 24 * HOUR_MS;
    const parts = [
      await exported(granularity, NOVEMBER, middle),
      await exported(granularity, middle, DECEMBER),
      await exported(granularity, DECEMBER, JANUARY),
    ];
    const whole = await (await exported(granularity))(sums);
    const added = (await Promise.all(parts.map(async (part) => (await part(sums))[0] as string[]))).reduce(
      (sum, part) => sum.map((value, n) => value + Math.round(Number(part[n]) * 1e6)),
      [0, 0, 0],
    );
    expect(added).toEqual((whole[0] as string[]).map((value) => Math.round(Number(value) * 1e6)));
    const corrections = await parts[2]?.(
      `select ChargeCategory, strftime(min(ChargePeriodStart), '%Y-%m-%d'), ResourceId is not null, sum(BilledCost) < 0
        from focus where ChargeClass = 'Correction' group by 1, 3 order by 1`,
    );
    expect(corrections).toEqual([
      ['Adjustment', '2026-12-01', true, true],
      ['Usage', '2026-11-02', true, false],
    ]);
  });
});

test('a workspace’s export has nothing of another, and says what the costs say', async () => {
  const query = await exported('hourly', NOVEMBER, DECEMBER, 'ws-2');
  expect(await query('select distinct BillingAccountId, BillingAccountName from focus')).toEqual([
    ['ws-2', 'Name of ws-2'],
  ]);
  const {
    rows: [row],
  } = await listCosts(store.pool, {
    workspaceId: 'ws-2',
    fromMs: NOVEMBER,
    toMs: DECEMBER,
    resolution: 'all',
    per: 'workspace',
  });
  expect(
    await query(
      `select sum(ListCost)::text, sum(BilledCost)::text from focus where ChargeCategory = 'Usage'`,
    ),
  ).toEqual([[row?.listUsd, row?.billedUsd]]);
});
