import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKillablePostgres } from '../../testing/throwaway-postgres.ts';
import { alternate } from '../alternate.ts';
import { begunThings } from '../begun-things.ts';
import type { StandaloneSetting } from '../bench-setting.ts';
import { billMonth } from '../billing/billed-month.ts';
import { writeWithDuckDb } from '../billing/duckdb-export.ts';
import { freshDatabase } from '../billing/fresh-database.ts';
import { FACT_TABLES, insertPlainly, OTHER_TABLES } from '../billing/plain-inserts.ts';
import type { Baseline } from '../report/measurement.ts';
import { median } from '../report/percentile.ts';

const sizes = { quick: { facts: 20_000, rounds: 1 }, full: { facts: 200_000, rounds: 3 } };
const WORKSPACES = 1_000;
/** Above that the plain inserts of the same rows take as long again, and as much of the disk. */
const MOST_BESIDE = 2_000_000;
const FACTS_ALONE = "batched inserts of the facts' rows";
const ALL_ROWS = 'batched inserts of all rows';
const DUCKDB = 'DuckDB, from its memory';
/** As infra/postgres/postgresql.conf has it. */
const DURABLE = ['fsync=on', 'synchronous_commit=on', 'jit=off', 'max_wal_size=2GB'];

/** Usage facts into the ledger beside plain inserts of the same rows; a month of them taken, booked, closed and exported. */
export const billing = async ({ recorder, size, facts: asked }: StandaloneSetting): Promise<void> => {
  const { rounds } = sizes[size];
  const month = { facts: asked ?? sizes[size].facts, workspaces: WORKSPACES, seed: 1 };
  const postgres = await startKillablePostgres(DURABLE);
  const folder = mkdtempSync(join(tmpdir(), 'slipway-export-'));
  const end = begunThings.note(async () => {
    rmSync(folder, { recursive: true, force: true });
    await postgres.stop();
  });
  try {
    let databaseUrl = '';
    let factsSeconds: number | undefined;
    const insertBeside = async (tables: readonly string[]): Promise<number> => {
      if (month.facts > MOST_BESIDE)
        throw new Error(`it is measured with at most ${MOST_BESIDE} facts, these are ${month.facts}`);
      return insertPlainly(databaseUrl, tables);
    };
    const insertAll = async (): Promise<number> => {
      if (factsSeconds === undefined)
        throw new Error('the rows of the facts, a part of them, were not inserted');
      return factsSeconds + (await insertBeside(OTHER_TABLES));
    };
    const { ours, theirs } = await alternate(
      recorder,
      asked === undefined ? rounds : 1,
      async () => {
        factsSeconds = undefined;
        databaseUrl = await freshDatabase(postgres.databaseUrl);
        return billMonth({ ...month, databaseUrl, folder });
      },
      [
        { name: FACTS_ALONE, measure: async () => (factsSeconds = await insertBeside(FACT_TABLES)) },
        { name: ALL_ROWS, measure: insertAll },
        { name: DUCKDB, measure: () => writeWithDuckDb(folder) },
      ],
    );
    recorder.keep('ours', ours);
    recorder.keep('baselines', theirs);
    const baseline = (name: string, count: number): Baseline | undefined => {
      const found = theirs.find((one) => one.name === name)?.found ?? [];
      return found.length === 0 ? undefined : { name, value: count / median(found) };
    };
    const factsPerSecond = month.facts / median(ours.map(({ seconds }) => seconds));
    for (const name of [FACTS_ALONE, ALL_ROWS])
      recorder.measured('facts_per_second', factsPerSecond, 'facts/s', baseline(name, month.facts));
    const exported = ours[0]?.exportedRows ?? 0;
    const rowsPerSecond = exported / median(ours.map(({ exportSeconds }) => exportSeconds));
    recorder.measured('export_rows_per_second', rowsPerSecond, 'rows/s', baseline(DUCKDB, exported));
    recorder.measured('close_seconds', median(ours.map(({ closeSeconds }) => closeSeconds)), 's');
    recorder.measured('invoices', ours[0]?.invoices ?? 0, 'invoices');
    recorder.measured('charges', ours[0]?.charges ?? 0, 'rows');
    recorder.measured('peak_memory_mib', Math.max(...ours.map(({ peakMiB }) => peakMiB)), 'MiB');
    const unbalanced = ours.find(({ unbalancedMicroUsd }) => unbalancedMicroUsd !== '0');
    if (unbalanced)
      throw new Error(`the ledger adds up to ${unbalanced.unbalancedMicroUsd} micro-USD, not to zero`);
  } finally {
    await end();
  }
};
