import type { UsageFact } from '@slipway/contracts';
import { overKillablePostgres } from '../../../../tools/testing/over-postgres.ts';
import type { KillablePostgres } from '../../../../tools/testing/throwaway-postgres.ts';
import { containerFact, volumeFact } from '../../../../tools/testing/usage-facts.ts';
import { openStore, type BillingStore } from '../store/open-store.js';
import { readTakenUsage } from '../store/taken-usage.js';
import { containerUsage } from './container-usage.js';
import { listUsageAnomalies } from './list-usage-anomalies.js';
import { JustTaken } from './just-taken.js';
import { UsageIntake } from './usage-intake.js';

const START = Date.UTC(2026, 10, 1);
const HOUR_MS = 3_600_000;

/** `count` facts of one container, ten seconds each. */
const factsOf = (containerId: string, count: number): readonly UsageFact[] =>
  Array.from({ length: count }, (_, sequence) =>
    containerFact({ containerId, sequence, fromMs: START + sequence * 10_000 }),
  );

describe('the intake of usage', () => {
  let postgres: KillablePostgres;
  let store: BillingStore;
  let intake: UsageIntake;
  const atMs = START + 24 * HOUR_MS;

  overKillablePostgres(openStore, (opened, server) => {
    store = opened;
    postgres = server;
    intake = new UsageIntake(store.pool, () => atMs, new JustTaken());
  });

  const taken = async (source: string): Promise<readonly UsageFact[]> =>
    (await readTakenUsage(store.pool, 0n, 1_000_000))
      .map(({ fact }) => fact)
      .filter((fact) => fact.kind === 'container' && fact.containerId === source);

  test('facts are read back as they came', async () => {
    const facts = [
      containerFact({
        containerId: 'ta-whole',
        end: 'idle',
        vendor: 'own',
        calls: [{ callId: 'fc-1', inputs: 2, heldNs: 5 }],
        gpus: [{ type: 'H100', count: 1, deviceNs: 10_000_000_000, simulated: true }],
      }),
      volumeFact({ volumeId: 'vo-whole' }),
    ];
    expect(await intake.take(facts)).toEqual([]);
    const read = (await readTakenUsage(store.pool, 0n, 10)).map(({ fact }) => fact);
    expect(read).toEqual(facts);
  });

  test('however many ask at once and again, each fact is counted once, and positions have no gap', async () => {
    const facts = Array.from({ length: 20 }, (_, index) => factsOf(`ta-many-${index}`, 25)).flat();
    const questions = [...facts, ...facts.toReversed()].map((fact) => intake.take([fact]));
    expect((await Promise.all(questions)).flat()).toEqual([]);
    expect(await taken('ta-many-7')).toHaveLength(25);
    const positions = (await readTakenUsage(store.pool, 0n, 1_000_000)).map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, index) => BigInt(index) + 1n));
  });

  test('two processes take the same facts once', async () => {
    const other = new UsageIntake(store.pool, () => atMs, new JustTaken());
    const facts = factsOf('ta-two', 200);
    await Promise.all(facts.flatMap((fact) => [intake.take([fact]), other.take([fact])]));
    expect(await taken('ta-two')).toHaveLength(200);
  });

  test('a container that lived for days is read page by page, by its workspace alone', async () => {
    await intake.take(factsOf('ta-days', 250));
    const page = (after?: number) => ({
      workspaceId: 'ws-1',
      containerId: 'ta-days',
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    const read = async (after?: number): Promise<readonly number[]> =>
      (await containerUsage(store.pool, page(after))).map(({ sequence }) => sequence);
    expect([await read(), await read(99), await read(199)].map((numbers) => numbers.length)).toEqual([
      100, 100, 50,
    ]);
    expect((await read(199)).at(-1)).toBe(249);
    expect(await read(249)).toEqual([]);
    const stranger = { ...page(), workspaceId: 'ws-2' };
    await expect(containerUsage(store.pool, stranger)).rejects.toThrow('nothing is known');
    expect(await containerUsage(store.pool, { ...stranger, after: 10 })).toEqual([]);
  });

  test('what is wrong is refused by itself, kept once, and the rest is taken', async () => {
    const good = containerFact({ containerId: 'ta-good', end: 'finished' });
    const bad = { ...containerFact({ containerId: 'ta-bad' }), egressBytes: -3 };
    for (const facts of [
      [bad, good],
      [good, bad],
    ]) {
      const [refused, ...others] = await intake.take(facts);
      expect(others).toEqual([]);
      expect(refused).toMatchObject({ index: facts.indexOf(bad), code: 'negative-usage' });
    }
    expect(await taken('ta-good')).toHaveLength(1);
    expect(await taken('ta-bad')).toEqual([]);
    const { anomalies } = await listUsageAnomalies(store.pool, { code: 'negative-usage', limit: 10 }, atMs);
    expect(anomalies).toMatchObject([{ source: 'ta-bad', sequence: 0, workspaceId: 'ws-1', fact: bad }]);
  });

  test('texts that a database does not take are refused, not fatal', async () => {
    const refused = await intake.take([
      containerFact({ containerId: 'ta-\0' }),
      containerFact({ containerId: 'ta-nul', tags: { team: 'a\0b' } }),
      'nonsense' as unknown as UsageFact,
    ]);
    expect(refused.map(({ code }) => code)).toEqual([
      'malformed-usage',
      'malformed-usage',
      'malformed-usage',
    ]);
  });

  test('a container that fell silent and a gap are listed until what was missing comes', async () => {
    const [first, second, third] = factsOf('ta-late', 3);
    await intake.take([first!, third!]);
    const codes = async (): Promise<readonly string[]> => {
      const { anomalies } = await listUsageAnomalies(store.pool, { limit: 1_000 }, atMs + HOUR_MS);
      return anomalies.filter(({ source }) => source === 'ta-late').map(({ code }) => code);
    };
    expect(await codes()).toEqual(['sequence-gap', 'container-without-end']);
    await intake.take([second!]);
    expect(await codes()).toEqual(['container-without-end']);
    await intake.take([
      containerFact({ containerId: 'ta-late', sequence: 3, fromMs: START + 30_000, end: 'idle' }),
    ]);
    expect(await codes()).toEqual([]);
  });

  test('however many containers run, those that fell silent and gaps that stay are listed, each by its code', async () => {
    const takenAt = (takenAtMs: number, facts: readonly UsageFact[]) =>
      new UsageIntake(store.pool, () => takenAtMs, new JustTaken()).take(facts);
    const laterMs = atMs + 10 * HOUR_MS;
    await takenAt(laterMs - 2 * HOUR_MS, factsOf('ta-silent', 1));
    const hour = (sequence: number) =>
      volumeFact({ volumeId: 'vo-gap', sequence, fromMs: START + sequence * HOUR_MS });
    await takenAt(laterMs - HOUR_MS, [hour(0), hour(2)]);
    await takenAt(laterMs - 1, [
      hour(3),
      ...Array.from({ length: 10 }, (_, index) => factsOf(`ta-runs-${index}`, 1)).flat(),
    ]);
    const list = async (ask: Parameters<typeof listUsageAnomalies>[1]): Promise<readonly unknown[]> =>
      (await listUsageAnomalies(store.pool, ask, laterMs)).anomalies.map(({ source }) => source);
    expect(await list({ limit: 2 })).toEqual(['vo-gap', 'ta-silent']);
    expect(await list({ code: 'container-without-end', limit: 1 })).toEqual(['ta-silent']);
    expect(await list({ code: 'sequence-gap', limit: 1 })).toEqual(['vo-gap']);
  });

  test('kills of PostgreSQL between and within commits lose nothing and count nothing twice', async () => {
    const containers = Array.from({ length: 30 }, (_, index) => `ta-storm-${index}`);
    let answered = 0;
    const sending = Promise.all(
      containers.map(async (containerId) => {
        for (const fact of factsOf(containerId, 30)) {
          await untilTaken(intake, fact);
          answered += 1;
        }
      }),
    );
    for (const share of [0.2, 0.5, 0.8]) {
      await until(() => answered > share * 900);
      await postgres.killAndRestart();
    }
    await sending;
    for (const containerId of containers) expect(await taken(containerId)).toHaveLength(30);
  }, 60_000);
});

/** As a worker does: asks until there is an answer. */
const untilTaken = async (intake: UsageIntake, fact: UsageFact): Promise<void> => {
  for (;;) {
    const refused = await intake.take([fact]).catch(() => undefined);
    if (refused !== undefined) return expect(refused).toEqual([]);
  }
};

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};
