import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { isDatabaseAway, poolOf, type SqlPool } from '@slipway/event-store';
import { openStore } from '../../services/gateway/app/store/open-store.js';
import { DictEntries } from '../../services/gateway/app/store/state/dict-entries.js';
import { QueueItems } from '../../services/gateway/app/store/state/queue-items.js';
import { Chance } from '../simulation/chance.ts';
import { overKillablePostgres } from '../../tools/testing/over-postgres.ts';
import type { KillablePostgres } from '../../tools/testing/throwaway-postgres.ts';

const REPETITIONS = Number(process.env['SEEDS'] ?? 200);
const SEED = Number(process.env['SEED'] ?? 20_261_121);
const MINUTES_MS = 60_000;

type Acknowledged = { dict: number; queue: number };

const dictId = 'di-kills';
const queueId = 'qu-kills';
const WRITER = 'writer-of-state';

/** A writer whose acknowledgements are counted; `next` waits for one more of its puts. */
class Writer {
  private readonly process: ChildProcess;
  private readonly waiting: (() => void)[] = [];
  readonly exited: Promise<unknown>;

  constructor(databaseUrl: string, first: number, acknowledged: Acknowledged) {
    const program = join(import.meta.dirname, 'write-state.mjs');
    this.process = spawn(process.execPath, [program, databaseUrl, dictId, queueId, String(first)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PGAPPNAME: WRITER },
    });
    this.exited = new Promise((resolve) => this.process.once('close', resolve));
    createInterface({ input: this.process.stdout! }).on('line', (line) => {
      const [kind, number] = line.split(' ');
      acknowledged[kind as keyof Acknowledged] = Number(number);
      if (kind === 'queue') for (const wake of this.waiting.splice(0)) wake();
    });
  }

  next(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
  }
}

let postgres: KillablePostgres;
let pool: SqlPool;

overKillablePostgres(openStore, async (orm, server) => {
  postgres = server;
  pool = await poolOf(orm);
  (pool as unknown as { on(event: 'error', listener: () => void): void }).on('error', () => undefined);
});

const untilThere = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
    }
  }
};

/** What a writer had sent before it was killed is still carried out by the database, and must not be seen half-way by two reads. */
const untilItsSessionsEnded = async (): Promise<void> => {
  const sessions = { text: 'SELECT pid FROM pg_stat_activity WHERE application_name = $1', values: [WRITER] };
  while ((await untilThere(() => pool.query(sessions))).rows.length > 0) await setImmediate();
};

/** Everything acknowledged is there, and of each change all or nothing. The next number to write. */
const check = async (acknowledged: Acknowledged, taken: string[]): Promise<number> => {
  const entries = new DictEntries(pool);
  const items = new QueueItems(pool);
  const at = Date.now();
  let newest = 0;
  for (let slot = 0; slot < 7; slot += 1) {
    const read = async (side: string) =>
      Number((await untilThere(() => entries.get({ dictId, key: Buffer.from(`${side} ${slot}`), at }))) ?? 0);
    const [left, right] = [await read('left'), await read('right')];
    expect(left).toBe(right);
    newest = Math.max(newest, left);
  }
  expect(newest).toBeGreaterThanOrEqual(acknowledged.dict);
  const partition = { queueId, partition: Buffer.alloc(0) };
  for (;;) {
    const receiptId = `take ${taken.length} ${acknowledged.queue}`;
    const got = await untilThere(() => items.take({ ...partition, most: 5_000, receiptId, at }));
    if (got.length === 0) break;
    taken.push(...got.map(String));
  }
  expect(taken.length % 3).toBe(0);
  const last = Number(taken.at(-1)?.split('/')[0] ?? 0);
  expect(last).toBeGreaterThanOrEqual(acknowledged.queue);
  return Math.max(newest, last) + 1;
};

test(
  `what was acknowledged is there after each of ${REPETITIONS} kills of the writer or of PostgreSQL`,
  async () => {
    const chance = new Chance(SEED);
    const acknowledged: Acknowledged = { dict: 0, queue: 0 };
    const taken: string[] = [];
    let writer = new Writer(postgres.databaseUrl, 1, acknowledged);
    for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
      await writer.next();
      await new Promise((resolve) => setTimeout(resolve, chance.next() * 40));
      const killsWriter = chance.happens(0.3);
      if (killsWriter) await writer.kill();
      else {
        await postgres.killAndRestart();
        await writer.next();
        await writer.kill();
      }
      await untilItsSessionsEnded();
      const first = await check(acknowledged, taken);
      writer = new Writer(postgres.databaseUrl, first, acknowledged);
    }
    await writer.kill();
    // Each put came once, whole and in order; the numbers that a killed writer had begun may be missing.
    const numbers = taken.filter((_, index) => index % 3 === 0).map((item) => Number(item.split('/')[0]));
    expect(taken).toEqual(numbers.flatMap((number) => [0, 1, 2].map((part) => `${number}/${part}`)));
    expect(numbers).toEqual([...new Set(numbers)].toSorted((left, right) => left - right));
  },
  30 * MINUTES_MS,
);
