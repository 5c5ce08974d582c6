// A process of its own, as billing is one: takes a month's usage facts, books them, closes the month and exports
// it. What it found is one line of JSON.
import { setTimeout as pause } from 'node:timers/promises';
import type * as Intake from '../../../services/billing/app/dist/metering/usage-intake.js';
import type * as Close from '../../../services/billing/app/dist/invoices/close-months.js';
import type * as Just from '../../../services/billing/app/dist/metering/just-taken.js';
import type * as Price from '../../../services/billing/app/dist/processes/price-usage/price-usage.js';
import type * as Rows from '../../../services/billing/app/dist/exports/rows/focus-rows.js';
import type * as Files from '../../../services/billing/app/dist/exports/files/write-focus-files.js';
import type * as Store from '../../../services/billing/app/dist/store/open-store.js';
import type { ContainerUsage } from '@slipway/contracts';
import { inTransaction } from '@slipway/event-store';
import type { BilledMonth, MonthToBill } from './month-to-bill.ts';
import { asDelivered, MONTH, usageMonth, WHOLE_MONTH } from './usage-month.ts';

const built = new URL('../../../services/billing/app/dist/', import.meta.url).href;
const { openStore } = (await import(`${built}store/open-store.js`)) as typeof Store;
const { UsageIntake } = (await import(`${built}metering/usage-intake.js`)) as typeof Intake;
const { JustTaken } = (await import(`${built}metering/just-taken.js`)) as typeof Just;
const { priceUsage } = (await import(`${built}processes/price-usage/price-usage.js`)) as typeof Price;
const { focusRows } = (await import(`${built}exports/rows/focus-rows.js`)) as typeof Rows;
const { writeFocusFiles } = (await import(`${built}exports/files/write-focus-files.js`)) as typeof Files;
const { closeMonths } = (await import(`${built}invoices/close-months.js`)) as typeof Close;

/** What workers ask at once, and how many of them do. */
const FACTS_IN_A_QUESTION = 500;
const ASKED_AT_ONCE = 20;

const toBill = JSON.parse(process.argv[2] ?? '') as MonthToBill;
const store = await openStore(toBill.databaseUrl);
const { pool } = store;
const justTaken = new JustTaken();
const intake = new UsageIntake(pool, () => Date.now(), justTaken);

let taken: 'some' | 'all' = 'some';

const facts = asDelivered(usageMonth(toBill), toBill.seed);

/** Made as they are asked about: a month of them would not be in memory either. */
const nextQuestion = (): readonly ContainerUsage[] => {
  const question: ContainerUsage[] = [];
  while (question.length < FACTS_IN_A_QUESTION) {
    const made = facts.next();
    if (made.done === true) break;
    question.push(made.value);
  }
  return question;
};

const take = async (): Promise<void> => {
  const ask = async (): Promise<void> => {
    for (let asked = nextQuestion(); asked.length > 0; asked = nextQuestion()) {
      const refused = await intake.take(asked);
      if (refused.length > 0) throw new Error(`refused: ${refused[0]?.message}`);
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
  taken = 'all';
};

/** Books what is taken until all is; the last answer is that nothing is left. */
const book = async (): Promise<void> => {
  for (;;) {
    const wasAll = taken === 'all';
    if ((await priceUsage(pool, () => Date.now(), { justTaken })) > 0) continue;
    if (wasAll) return;
    await pause(10);
  }
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
};

const seconds = await timed(() => Promise.all([take(), book()]));
const bookedMiB = process.resourceUsage().maxRSS / 1_024;
const cpuSeconds = process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;
let invoices = 0;
const closeSeconds = await timed(async () => (invoices = await closeMonths(pool, MONTH, Date.now())));
const closedMiB = process.resourceUsage().maxRSS / 1_024;
let exportedRows = 0;
const exportSeconds = await timed(() =>
  inTransaction(pool, async (connection) => {
    await connection.query({ text: 'set transaction isolation level repeatable read' });
    const of = { period: WHOLE_MONTH, granularity: 'hourly', issuer: 'Slipway' } as const;
    const rows = focusRows(connection, of);
    exportedRows = (await writeFocusFiles(rows, { folder: toBill.folder, format: 'parquet' })).rows;
  }),
);
const { rows } = await pool.query<{ charges: number; billed: string; unbalanced: string }>({
  text: `select (select count(*)::integer from billing.charges) as charges,
    (select coalesce(sum(billed), 0) from billing.charges) as billed,
    (select coalesce(sum(amount), 0) from billing.postings) as unbalanced`,
});
const billed: BilledMonth = {
  seconds,
  cpuSeconds,
  closeSeconds,
  invoices,
  exportSeconds,
  exportedRows,
  charges: rows[0]?.charges ?? 0,
  billedMicroUsd: rows[0]?.billed ?? '0',
  unbalancedMicroUsd: rows[0]?.unbalanced ?? '0',
  bookedMiB,
  closedMiB,
  peakMiB: process.resourceUsage().maxRSS / 1_024,
};
process.stdout.write(`${JSON.stringify(billed)}\n`);
await store.orm.close();
