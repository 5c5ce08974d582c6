import fc from 'fast-check';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { EnvironmentChoice, Fact } from '@slipway/contracts';
import type { ActivityTable } from '@slipway/gateway-core';
import {
  startThrowawayPostgres,
  type ThrowawayPostgres,
} from '../../../../tools/testing/throwaway-postgres.ts';
import { Activity } from './activity.js';
import { openStore } from './open-store.js';

const ENVIRONMENTS = ['main', 'dev', 'prod'] as const;
const TABLES: readonly ActivityTable[] = ['apps', 'functions', 'calls', 'tasks'];
const workspaceId = 'ac-1';

let postgres: ThrowawayPostgres;
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

beforeAll(async () => {
  postgres = await startThrowawayPostgres();
  orm = await openStore(postgres.databaseUrl);
  activity = new Activity(orm);
  const facts = ENVIRONMENTS.flatMap((environment, at) => factsIn(environment, at));
  await activity.fold({ service: 'scheduler', firstPosition: 1, lastPosition: facts.length, facts });
}, 60_000);
afterAll(async () => {
  await orm.close();
  await postgres.stop();
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
      const one = {
        table,
        workspaceId,
        environments,
        where: { id: `${rows[0]?.id.slice(0, 3) ?? 'ap-'}prod` },
      };
      expect((await activity.list({ ...one, limit: 1 })).length).toBe(
        rows.some(({ id }) => id.endsWith('prod')) ? 1 : 0,
      );
    }),
    { numRuns: 60 },
  );
});
