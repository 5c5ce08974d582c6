import type { ContainerUsage } from '@slipway/contracts';
import { inTransaction } from '@slipway/event-store';
import { focusRows } from '../../services/billing/app/exports/rows/focus-rows.js';
import { closeMonths } from '../../services/billing/app/invoices/close-months.js';
import { setAccount } from '../../services/billing/app/ledger/book.js';
import { JustTaken } from '../../services/billing/app/metering/just-taken.js';
import { UsageIntake } from '../../services/billing/app/metering/usage-intake.js';
import { priceUsage } from '../../services/billing/app/processes/price-usage/price-usage.js';
import { readInvoices } from '../../services/billing/app/store/invoice-rows.js';
import { openStore, type BillingStore } from '../../services/billing/app/store/open-store.js';
import { overPostgres } from '../../tools/testing/over-postgres.ts';
import { Chance } from '../simulation/chance.ts';
import { usageOf } from './usage-history.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 8);
const FIRST_SEED = Number(process.env['SEED'] ?? 1);
/** Forty hours from here are of two months. */
const START_MS = Date.UTC(2026, 8, 29, 20);
const SEPTEMBER_CLOSES_MS = Date.UTC(2026, 9, 3);
const OCTOBER_CLOSES_MS = Date.UTC(2026, 10, 3);
const PERIOD = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 10, 1) };

let store: BillingStore;

overPostgres(openStore, (opened) => (store = opened));

const sum = async (text: string, workspaces: readonly string[]): Promise<bigint> => {
  const { rows } = await store.pool.query<{ value: string | null }>({ text, values: [workspaces] });
  return BigInt(rows[0]?.value ?? 0);
};
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/** Some of them never come, some come twice, and they come in pieces. */
const deliveriesOf = (
  facts: readonly ContainerUsage[],
  chance: Chance,
): Readonly<{ arrived: readonly ContainerUsage[]; questions: readonly (readonly ContainerUsage[])[] }> => {
  const arrived = facts.filter(() => !chance.happens(0.1));
  const again = arrived.filter(() => chance.happens(0.3));
  const sent = [...arrived, ...again]
    .map((fact) => ({ fact, draw: chance.next() }))
    .toSorted((a, b) => a.draw - b.draw)
    .map(({ fact }) => fact);
  const questions: ContainerUsage[][] = [];
  while (sent.length > 0) questions.push(sent.splice(0, chance.between(1, 12)));
  return { arrived, questions };
};

/** Takes questions and books what was taken, now and then, in batches of any size; what remembers in memory forgets now and then. */
const takeAndBook = async (
  questions: readonly (readonly ContainerUsage[])[],
  chance: Chance,
  at: number,
): Promise<void> => {
  let justTaken = new JustTaken();
  let intake = new UsageIntake(store.pool, () => at, justTaken);
  const price = (): Promise<number> =>
    priceUsage(store.pool, () => at, { limit: chance.between(1, 60), justTaken });
  for (const question of questions) {
    if (chance.happens(0.2)) {
      justTaken = new JustTaken();
      intake = new UsageIntake(store.pool, () => at, justTaken);
    }
    expect(await intake.take(question)).toEqual([]);
    if (chance.happens(0.3)) await price();
  }
  while ((await price()) > 0);
};

const exported = (
  granularity: 'hourly' | 'daily',
  workspaceId: string,
): Promise<ReadonlyMap<string, bigint>> =>
  inTransaction(store.pool, async (connection) => {
    const sums = new Map<string, bigint>();
    for await (const row of focusRows(connection, {
      granularity,
      workspaceId,
      period: PERIOD,
      issuer: 'Slipway',
    }))
      sums.set(row.InvoiceId ?? '', (sums.get(row.InvoiceId ?? '') ?? 0n) + (row.BilledCost ?? 0n));
    return sums;
  });

test.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))(
  'seed %d: billed time is run time, the ledger adds up to zero, invoices are the ledger, exports are the invoices',
  async (seed) => {
    const chance = new Chance(seed * 104_729);
    const facts = usageOf(seed, START_MS);
    const workspaces = [...new Set(facts.map(({ workspaceId }) => workspaceId))];
    for (const workspaceId of workspaces)
      await setAccount(
        store.pool,
        { workspaceId, monthlyCreditUsd: chance.pick(['0', '0.01', '30']) },
        START_MS,
      );
    const { arrived, questions } = deliveriesOf(facts, chance);
    const inTime = chance.between(0, questions.length);
    await takeAndBook(questions.slice(0, inTime), chance, SEPTEMBER_CLOSES_MS - 1);
    await closeMonths(store.pool, '2026-09', SEPTEMBER_CLOSES_MS);
    await takeAndBook(questions.slice(inTime), chance, SEPTEMBER_CLOSES_MS + 1);
    await closeMonths(store.pool, '2026-10', OCTOBER_CLOSES_MS);

    const of = 'where workspace_id = any($1)';
    const ranNs = total(arrived.map(({ durationNs }) => BigInt(durationNs)));
    expect(
      await sum(`select sum(quantity) as value from billing.charges ${of} and sku = 'gpu-T4'`, workspaces),
    ).toBe(ranNs);
    const postings = `select sum(amount) as value from billing.postings join billing.entries using (entry_id) ${of}`;
    expect(await sum(postings, workspaces)).toBe(0n);
    const charged = await sum(`select sum(billed) as value from billing.charges ${of}`, workspaces);
    expect(await sum(`${postings} and account = 'usage-revenue'`, workspaces)).toBe(-charged);
    expect(await sum(`${postings} and account like 'unbilled:%'`, workspaces)).toBe(0n);

    const invoices = (await Promise.all(workspaces.map((id) => readInvoices(store.pool, id)))).flat();
    expect(total(invoices.map(({ usageMicroUsd }) => usageMicroUsd))).toBe(charged);
    expect(await sum(`${postings} and account like 'invoiced:%'`, workspaces)).toBe(
      total(invoices.map(({ dueMicroUsd }) => dueMicroUsd)),
    );
    for (const workspaceId of workspaces) {
      const billed = invoices
        .filter((invoice) => invoice.workspaceId === workspaceId)
        .map(({ invoiceNumber, dueMicroUsd, prepaidMicroUsd }) => [
          invoiceNumber,
          dueMicroUsd + prepaidMicroUsd,
        ]);
      for (const granularity of ['hourly', 'daily'] as const)
        expect(await exported(granularity, workspaceId)).toEqual(new Map(billed as [string, bigint][]));
    }
  },
  60_000,
);
