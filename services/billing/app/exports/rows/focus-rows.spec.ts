import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ContainerUsage } from '@slipway/contracts';
import { inTransaction } from '@slipway/event-store';
import {
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from '../../../../../tools/testing/throwaway-postgres.ts';
import { listCosts } from '../../costs/list-costs.js';
import { closeMonths } from '../../invoices/close-months.js';
import { correctCharge, setAccount } from '../../ledger/book.js';
import { checkUsage, takeUsage } from '../../metering/take-usage.js';
import { priceUsage } from '../../processes/price-usage/price-usage.js';
import { giveWorkspaceDiscount } from '../../rates/rate-cards.js';
import { readInvoices } from '../../store/invoice-rows.js';
import { openStore, type BillingStore } from '../../store/open-store.js';
import { writeFocusFiles } from '../files/write-focus-files.js';
import { focusRows } from './focus-rows.js';

const NOVEMBER = Date.parse('2026-11-01T00:00:00Z');
const DECEMBER = Date.parse('2026-12-01T00:00:00Z');
const JANUARY = Date.parse('2027-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const SECOND_NS = 1_000_000_000;
const WORKSPACES = ['ws-1', 'ws-2', 'ws-3'];
let postgres: ThrowawayPostgres;
let store: BillingStore;
let folder = '';
let containers = 0;

const ran = (
  workspaceId: string,
  atHour: number,
  seconds: number,
  team: string,
  fn: number,
): ContainerUsage => ({
  kind: 'container',
  sequence: 0,
  workspaceId,
  environment: fn === 1 ? 'main' : 'dev',
  fromMs: NOVEMBER + atHour * HOUR_MS,
  durationNs: seconds * SECOND_NS,
  containerId: `ta-${++containers}`,
  end: 'idle',
  workerId: 'wo-1',
  appId: 'ap-1',
  appName: 'shop',
  functionId: `fu-${fn}`,
  functionTag: `render${fn}`,
  purpose: 'serve',
  tags: { team },
  preemptible: true,
  phases: { startingNs: 0, busyNs: seconds * SECOND_NS, idleNs: 0, stoppingNs: 0 },
  calls: [],
  cpu: { usedNs: 0, reservedNs: seconds * SECOND_NS },
  memory: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: seconds * 333_333_333 },
  disk: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
  gpus: [{ type: 'H100', count: 1, deviceNs: seconds * SECOND_NS, simulated: false }],
  egressBytes: seconds,
});

const use = async (facts: readonly ContainerUsage[]): Promise<void> => {
  expect(await takeUsage(store.pool, checkUsage(facts), () => JANUARY + HOUR_MS)).toEqual([]);
  while ((await priceUsage(store.pool, () => JANUARY)) > 0);
};

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  store = await openStore(postgres.databaseUrl);
  folder = await mkdtemp(join(tmpdir(), 'slipway-focus-'));
  for (const workspaceId of WORKSPACES)
    await setAccount(
      store.pool,
      { workspaceId, name: `Name of ${workspaceId}`, monthlyCreditUsd: '0.05' },
      NOVEMBER,
    );
  await giveWorkspaceDiscount(
    store.pool,
    { discountId: 'third', workspaceId: 'ws-2', share: '2/3', fromMs: NOVEMBER },
    NOVEMBER - 1,
  );
  const facts = WORKSPACES.flatMap((workspaceId, w) =>
    Array.from({ length: 200 }, (_, n) =>
      ran(workspaceId, (n * 7) % 700, 10 + ((n * 13 + w) % 97), ['web', 'data'][n % 2] ?? '', 1 + (n % 3)),
    ),
  );
  await use(facts);
  await closeMonths(store.pool, '2026-11', DECEMBER + 48 * HOUR_MS);
  // Late, and so on the next invoice; as is what is put right by hand.
  await use([ran('ws-1', 30, 1_000, 'web', 1), ran('ws-1', 750, 500, 'web', 1)]);
  const { rows } = await store.pool.query<{ charge_id: string }>({
    text: `select charge_id from billing.charges where workspace_id = 'ws-1' and billed_in = '2026-11' limit 1`,
  });
  await correctCharge(
    store.pool,
    {
      workspaceId: 'ws-1',
      entryId: 'co-1',
      amountUsd: '-0.000777',
      reason: 'an outage',
      chargeId: rows[0]?.charge_id ?? '',
    },
    DECEMBER + 5 * HOUR_MS,
  );
  await closeMonths(store.pool, '2026-12', JANUARY + 48 * HOUR_MS);
}, 120_000);
afterAll(async () => {
  await store.orm.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

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
  const [row] = await listCosts(store.pool, {
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
