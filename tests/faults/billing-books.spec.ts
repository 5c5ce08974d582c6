import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  amountsOf,
  bookUsage,
  chargeUsage,
  FIRST_RATE_CARD,
  readRateCard,
  type RateBook,
} from '@slipway/billing-core';
import { poolOf, type SqlPool } from '@slipway/event-store';
import { accepted } from '@slipway/kernel';
import { openStore, type BillingStore } from '../../services/billing/app/store/open-store.js';
import { startKillablePostgres, type KillablePostgres } from '../../tools/testing/throwaway-postgres.ts';
import { Chance } from '../simulation/chance.ts';
import { usageOf } from './usage-history.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 2);
const FIRST_SEED = Number(process.env['SEED'] ?? 1);
const MINUTE_MS = 60_000;
const BOOK: RateBook = { cards: [accepted(readRateCard('first', FIRST_RATE_CARD))], discounts: [] };

let postgres: KillablePostgres;
let store: BillingStore;
let pool: SqlPool;

beforeAll(async () => {
  postgres = await startKillablePostgres();
  store = await openStore(postgres.databaseUrl);
  pool = await poolOf(store.orm);
  (pool as unknown as { on(event: 'error', listener: () => void): void }).on('error', () => undefined);
}, MINUTE_MS);
afterAll(async () => {
  await store.orm.close();
  await postgres.stop();
});

/** Runs the process that books until it ends or `kill` says that it is time; how far it was acknowledged. */
const run = (seed: number, from: number, killAfter: number): Promise<{ upTo: number; whole: boolean }> =>
  new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL('./book-usage.ts', import.meta.url));
    const words = [
      '--disable-warning=ExperimentalWarning',
      program,
      postgres.databaseUrl,
      String(seed),
      String(from),
    ];
    const writer = spawn(process.execPath, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] },
    });
    let upTo = from;
    let trouble = '';
    writer.stderr.on('data', (bytes: Buffer) => (trouble += bytes.toString()));
    createInterface({ input: writer.stdout }).on('line', (line) => {
      if (line === 'ready') setTimeout(() => writer.kill('SIGKILL'), killAfter);
      else upTo = Number(line);
    });
    writer.once('close', (code) =>
      code === 0 || code === null
        ? resolve({ upTo, whole: code === 0 })
        : reject(new Error(`exit ${code}: ${trouble}`)),
    );
  });

const numbers = async (text: string, values: readonly unknown[] = []): Promise<bigint> => {
  const { rows } = await pool.query<{ value: string }>({ text, values });
  return BigInt(rows[0]?.value ?? 0);
};

/** What the books of a seed's workspaces must say: every fact priced once, by the rules alone. */
const expected = (seed: number): Map<string, bigint> => {
  const taken = usageOf(seed).map((fact, index) => ({ position: BigInt(index), fact }));
  const { additions } = chargeUsage(BOOK, () => undefined, taken);
  const ids = { chargeId: (key: string) => key, entryId: (workspaceId: string) => workspaceId };
  const sums = new Map<string, bigint>();
  for (const { subject, quantity } of bookUsage(new Map(), additions, ids, 0).charges)
    sums.set(
      subject.workspaceId,
      (sums.get(subject.workspaceId) ?? 0n) + amountsOf(subject.price, quantity).billedMicroUsd,
    );
  return sums;
};

test.each(Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index))(
  'seed %i: whatever is killed when, every fact is booked once',
  async (seed) => {
    const chance = new Chance(seed * 7_919);
    let upTo = 0;
    for (let whole = false, kills = 0; !whole; kills += 1) {
      const breaking = chance.happens(0.4) && kills < 4 ? postgresDies(chance.next() * 150) : undefined;
      const ended = await run(seed, upTo, kills < 4 ? 20 + chance.next() * 200 : MINUTE_MS);
      await breaking;
      ({ whole, upTo } = ended);
    }
    for (const [workspaceId, amount] of expected(seed)) {
      const of = [workspaceId];
      expect(
        await numbers('select sum(billed) as value from billing.charges where workspace_id = $1', of),
      ).toBe(amount);
      expect(
        await numbers(
          `select sum(amount) as value from billing.postings where account = 'unbilled:' || $1`,
          of,
        ),
      ).toBe(amount);
      expect(
        await numbers('select sum(billed) as value from billing.month_spend where workspace_id = $1', of),
      ).toBe(amount);
      const named =
        'select count(position) as value from billing.entries, unnest(usage) position where workspace_id = $1';
      expect(await numbers(named, of)).toBe(BigInt(usageOf(seed).length / 2));
      expect(await numbers(named.replace('count(position)', 'count(distinct position)'), of)).toBe(
        BigInt(usageOf(seed).length / 2),
      );
    }
    expect(await numbers('select sum(amount) as value from billing.postings')).toBe(0n);
    expect(await numbers('select sum(amount) as value from billing.balances')).toBe(0n);
  },
  2 * MINUTE_MS,
);

const postgresDies = async (afterMs: number): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 250 + afterMs));
  await postgres.killAndRestart();
};
