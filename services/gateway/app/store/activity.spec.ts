import fc from 'fast-check';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { EnvironmentChoice, Fact } from '@slipway/contracts';
import { poolOf, type SqlPool } from '@slipway/event-store';
import type { ActivityTable } from '@slipway/gateway-core';
import { overPostgres } from '../../../../tools/testing/over-postgres.ts';
import { Activity } from './activity.js';
import { openStore } from './open-store.js';
import { Statistics } from './statistics.js';

const ENVIRONMENTS = ['main', 'dev', 'prod'] as const;
const TABLES: readonly ActivityTable[] = ['apps', 'functions', 'calls', 'tasks'];
const workspaceId = 'ac-1';

let orm: MikroORM;
let activity: Activity;

/** An app with a function, a call and a container in an environment; every id ends in its name. */
const factsIn = (environment: string, at: number): Fact[] => {
  const [appId, functionId] = [`ap-${environment}`, `fu-${environment}`];
  const of = { workspaceId, appId, at };
  return [
    { ...of, type: 'app-created', environment, description: environment, lifetime: 'deployed' },
    { ...of, type: 'function-created', functionId, tag: 'f', imageId: 'im-1' },
    {
      ...of,
      type: 'call-created',
      functionId,
      callId: `fc-${environment}`,
      shape: 'unary',
      invocation: 'sync',
    },
    { ...of, type: 'task-created', functionId, taskId: `ta-${environment}`, workerId: 'worker-1' },
  ] as unknown as Fact[];
};

overPostgres(openStore, async (opened) => {
  orm = opened;
  activity = new Activity(orm, new Statistics(await poolOf(orm)));
  const facts = ENVIRONMENTS.flatMap((environment, at) => factsIn(environment, at));
  await activity.fold({ service: 'scheduler', firstPosition: 1, lastPosition: facts.length, facts });
});

test('what comes for a call changes it, and does not bring it back where it is forgotten', async () => {
  const facts = ['fc-main', 'fc-forgotten'].flatMap((callId): Fact[] => [
    { type: 'inputs-queued', at: 9, callId, count: 2, inputIds: ['in-1', 'in-2'] },
    { type: 'input-finished', at: 10, callId, inputId: 'in-1', outcome: 'success' },
    { type: 'call-cancelled', at: 11, callId },
  ]);
  const ready: Fact = { type: 'task-ready', at: 12, taskId: 'ta-main', phases: { mounted: 3 } };
  await activity.fold({
    service: 'scheduler',
    firstPosition: 1_001,
    lastPosition: 1_007,
    facts: [...facts, ready],
  });
  expect(await activity.find({ table: 'calls', workspaceId, id: 'fc-main' })).toMatchObject({
    inputs: '2',
    succeeded: '1',
    last_output_at: '10',
    cancelled_at: '11',
  });
  expect(await activity.find({ table: 'tasks', workspaceId, id: 'ta-main' })).toMatchObject({
    state: 'ready',
    phases: { mounted: 3 },
  });
  const pool = await poolOf(orm);
  const { rows } = await pool.query({ text: `select from gateway.activity_calls where id = 'fc-forgotten'` });
  expect(rows).toEqual([]);
});

const named = fc.uniqueArray(fc.constantFrom(...ENVIRONMENTS, 'none-such'));
const choice: fc.Arbitrary<EnvironmentChoice> = fc.oneof(
  named.map((only) => ({ only })),
  named.map((allBut) => ({ allBut })),
);

test('a list, and a get by id, has what is in the chosen environments and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(choice, fc.constantFrom(...TABLES), async (environments, table) => {
      const chosen = ENVIRONMENTS.filter((environment) =>
        'only' in environments
          ? environments.only.includes(environment)
          : !environments.allBut.includes(environment),
      );
      const rows = await activity.list({ table, workspaceId, environments, limit: 10 });
      expect(rows.map(({ id }) => id.slice(3)).toSorted()).toEqual(chosen.toSorted());
      const id = `${rows[0]?.id.slice(0, 3) ?? 'ap-'}prod`;
      const found = await activity.find({ table, workspaceId, environments, id });
      expect(found).toEqual(rows.find((row) => row.id === id));
    }),
    { numRuns: 60 },
  );
});

test.each(['calls', 'tasks'] as const)(
  'the newest %s of a workspace are read by an index, not by a look at those of others',
  async (table) => {
    const pool = await poolOf(orm);
    await pool.query({
      text: `insert into gateway.activity_${table} (id, created_at, workspace_id)
        select 'of-others-' || n, n, 'ac-2' from generate_series(0, 49999) n`,
    });
    await pool.query({ text: `analyze gateway.activity_${table}` });
    let plan = '';
    const explaining: SqlPool = {
      query: async ({ text, ...rest }) => {
        const { rows } = await pool.query<Record<string, string>>({ text: `explain ${text}`, ...rest });
        plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        return { rows: [], rowCount: 0 };
      },
    };
    const read: Statistics['read'] = (_, work) => work(explaining);
    await new Activity(orm, { read } as Statistics).list({ table, workspaceId, limit: 10 });
    expect(plan).toContain(`activity_${table}_workspace_id_created_at_id_idx`);
  },
);

test('facts that come again in another message are not counted again', async () => {
  const callId = 'fc-again';
  const queued: Fact = { type: 'inputs-queued', callId, count: 1, at: 9 };
  const created = { ...factsIn('main', 8)[2], callId } as Fact;
  const told = (firstPosition: number, facts: readonly Fact[]) =>
    activity.fold({
      ...{ service: 'told-again', firstPosition, lastPosition: firstPosition + facts.length - 1, facts },
      positions: facts.map((_, index) => firstPosition + index),
    });
  await told(1, [created, queued]);
  await told(1, [created, queued, queued]);
  await told(2, [queued, queued, queued, queued]);
  expect(await activity.find({ table: 'calls', id: callId })).toMatchObject({ inputs: '4' });
});
