import { setTimeout as pause } from 'node:timers/promises';
import {
  amountsOf,
  bookUsage,
  chargeUsage,
  FIRST_RATE_CARD,
  readRateCard,
  type RateBook,
} from '@slipway/billing-core';
import type { ContainerUsage } from '@slipway/contracts';
import { isDatabaseAway, poolOf, type SqlPool } from '@slipway/event-store';
import { accepted } from '@slipway/kernel';
import { Bus } from '@slipway/messaging';
import { openStore } from '../../services/billing/app/store/open-store.js';
import { startKillableNats, type KillableNats } from '../../tools/testing/killable-nats.ts';
import { overKillablePostgres } from '../../tools/testing/over-postgres.ts';
import type { KillablePostgres } from '../../tools/testing/throwaway-postgres.ts';
import { Chance } from '../simulation/chance.ts';
import { startBilling, type BillingService } from './billing-service.ts';
import { usageOf } from './usage-history.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 6);
const FIRST_SEED = Number(process.env['SEED'] ?? 1);
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Within the two days in which no month is closed. */
const START_MS = (Math.floor(Date.now() / HOUR_MS) - 41) * HOUR_MS;
const BOOK: RateBook = { cards: [accepted(readRateCard('first', FIRST_RATE_CARD))], discounts: [] };
const WORKERS = 3;

let postgres: KillablePostgres;
let nats: KillableNats;
let billing: BillingService;
let bus: Bus;
let pool: SqlPool;

afterAll(async () => {
  await bus.connection.close();
  await billing.stop();
  await nats.stop();
});
overKillablePostgres(openStore, async ({ orm }, server) => {
  postgres = server;
  nats = await startKillableNats();
  pool = await poolOf(orm);
  (pool as unknown as { on(event: 'error', listener: () => void): void }).on('error', () => undefined);
  billing = await startBilling({ databaseUrl: postgres.databaseUrl, natsUrl: nats.natsUrl });
  bus = await Bus.connect({ url: nats.natsUrl, service: 'worker' });
  await bus.persist('billing.put-usage', { facts: [] });
});

/** The facts as workers send them: a few at a time, some of them twice. */
const questionsOf = (facts: readonly ContainerUsage[], chance: Chance): (readonly ContainerUsage[])[] => {
  const questions: (readonly ContainerUsage[])[] = [];
  for (let from = 0; from < facts.length;) {
    const to = from + chance.between(1, 6);
    questions.push(facts.slice(Math.max(0, from - chance.between(0, 2)), to));
    from = to;
  }
  return questions;
};

const row = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row> => {
  for (;;) {
    try {
      const { rows } = await pool.query<Row>({ text, values });
      if (rows[0] === undefined) throw new Error(`nothing is answered to ${text}`);
      return rows[0];
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await pause(20);
    }
  }
};

const number = async (text: string, values: readonly unknown[] = []): Promise<bigint> =>
  BigInt((await row<{ value: string | null }>(text, values)).value ?? 0);

/** What is not booked yet of what was taken. */
const WAITING = `select (select count(*) from billing.usage_facts where position >
  coalesce((select position from billing.progress where process = 'price-usage'), 0)) as value`;

/** What the books of a seed's workspaces must say: every fact priced once, by the rules alone. */
const expected = (facts: readonly ContainerUsage[]): Map<string, bigint> => {
  const taken = facts.map((fact, index) => ({ position: BigInt(index), fact }));
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

const victims = [
  { name: 'billing', kill: () => billing.killAndRestart() },
  { name: 'PostgreSQL', kill: () => postgres.killAndRestart() },
  { name: 'NATS', kill: () => nats.killAndRestart() },
];

test.each(
  Array.from({ length: SEEDS }, (_, index) => {
    const seed = FIRST_SEED + index;
    return { seed, victim: victims[seed % victims.length]! };
  }),
)(
  'seed $seed: $victim.name is killed in the middle of it, and every fact is booked once',
  async ({ seed, victim }) => {
    const chance = new Chance(seed * 7_919);
    const facts = usageOf(seed, START_MS);
    const questions = questionsOf(facts, chance);
    const total = questions.length;
    const killedAfter = chance.between(1, total - 2);
    let answered = 0;
    let left = '';
    let killed: Promise<void> | undefined;
    const struck = Promise.withResolvers<void>();
    const kill = async (): Promise<void> => {
      await pause(chance.next() * 5);
      const back = victim.kill();
      left = answered < total ? 'some work' : 'nothing';
      struck.resolve();
      await back;
    };
    const ask = async (): Promise<void> => {
      for (let asked = questions.shift(); asked !== undefined; asked = questions.shift()) {
        // The last one is for after the kill, however fast the others were.
        if (questions.length === 0) await struck.promise;
        const { refused } = await bus.persist('billing.put-usage', { facts: asked });
        expect(refused).toEqual([]);
        answered += 1;
        if (answered === killedAfter) killed = kill();
      }
    };
    // Usage is booked every half a second: sooner or later in the asking.
    await pause(chance.next() * 500);
    await Promise.all(Array.from({ length: WORKERS }, ask));
    await killed;
    // The kill met work that was not done.
    expect(left).toBe('some work');
    while ((await number(WAITING)) > 0n) await pause(20);
    for (const [workspaceId, amount] of expected(facts))
      await booksSay(workspaceId, amount, facts.length / 2);
    expect(await number('select sum(amount) as value from billing.postings')).toBe(0n);
    expect(await number('select sum(amount) as value from billing.balances')).toBe(0n);
  },
  2 * MINUTE_MS,
);

const booksSay = async (workspaceId: string, amount: bigint, facts: number): Promise<void> => {
  const { charged, unbilled, spent, named, once } = await row<Record<string, string>>(
    `select (select sum(billed) from billing.charges where workspace_id = $1) as charged,
      (select sum(amount) from billing.postings where account = 'unbilled:' || $1) as unbilled,
      (select sum(billed) from billing.month_spend where workspace_id = $1) as spent,
      (select count(position) from billing.entries, unnest(usage) position where workspace_id = $1) as named,
      (select count(distinct position) from billing.entries, unnest(usage) position where workspace_id = $1) as once`,
    [workspaceId],
  );
  expect({ charged, unbilled, spent, named, once }).toEqual({
    charged: String(amount),
    unbilled: String(amount),
    spent: String(amount),
    named: String(facts),
    once: String(facts),
  });
};
