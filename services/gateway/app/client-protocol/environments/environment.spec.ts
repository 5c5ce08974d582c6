import { RefusedError } from '@slipway/kernel';
import { EnvironmentDeleteRequest, EnvironmentUpdateRequest } from '@slipway/protocol';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { Environments } from '../../store/environments.js';
import { openStore } from '../../store/open-store.js';
import type { RpcCall } from '../rpc.js';
import { environmentDelete, environmentUpdate } from './environment.rpc.js';

const workspaceId = 'ac-1';

let environments: Environments;

overPostgres(openStore, async (orm) => {
  environments = new Environments(orm);
  await orm.em.fork().execute(`insert into gateway.workspaces values ('${workspaceId}', 'ours', 'main', 0)`);
});

const call = {
  caller: { workspaceId, defaultEnvironment: 'main' },
  headers: {},
  newId: (prefix: string) => `${prefix}-request`,
} as unknown as RpcCall;

/** Other services with no apps and no volumes, one of which may be away, and what they were asked to change. */
const others = (away?: 'image-builder' | 'billing', heldUsd = '0.000000') => {
  const asked: unknown[] = [];
  const request = async (name: string, body: unknown): Promise<unknown> => {
    if (!/\.(move|delete)-/.test(name))
      return { apps: [], volumes: [], budgets: [{ environment: 'dev', heldUsd }] };
    if (name.startsWith(`${away}.`)) throw new Error('away');
    asked.push([name, body]);
    return {};
  };
  const parts = {
    bus: { request },
    environments,
    workspaces: { get: async () => ({ defaultEnvironment: 'main' }) },
    authenticator: { forgetAll: () => undefined },
  } as unknown as Parameters<typeof environmentUpdate>[0];
  return { parts, asked };
};
const rename = (currentName: string, name: string) =>
  EnvironmentUpdateRequest.fromPartial({ currentName, name });

test('names of images and budgets follow their environment, or it keeps its name', async () => {
  await environments.getOrCreate(workspaceId, 'dev');
  for (const service of ['image-builder', 'billing'] as const) {
    const { parts } = others(service);
    await expect(environmentUpdate(parts)(rename('dev', 'staging'), call)).rejects.toThrow('away');
    expect(await environments.get(workspaceId, 'dev')).toMatchObject({ name: 'dev' });
  }

  const { parts, asked } = others();
  await environmentUpdate(parts)(rename('dev', 'staging'), call);
  expect(await environments.get(workspaceId, 'staging')).toMatchObject({ name: 'staging' });
  const moved = { workspaceId, environment: 'dev', to: 'staging' };
  expect(asked).toEqual([
    ['image-builder.move-image-names', moved],
    ['billing.move-environment', moved],
  ]);
});

test('they stay where another environment has the name', async () => {
  for (const name of ['one', 'other']) await environments.getOrCreate(workspaceId, name);
  const { parts, asked } = others();
  await expect(environmentUpdate(parts)(rename('one', 'other'), call)).rejects.toBeInstanceOf(RefusedError);
  expect(asked).toEqual([]);
});

test('they stay while money is held of a budget', async () => {
  await environments.getOrCreate(workspaceId, 'dev');
  const { parts, asked } = others(undefined, '0.012000');
  await expect(environmentUpdate(parts)(rename('dev', 'next'), call)).rejects.toThrow('0.012000 USD');
  expect(asked).toEqual([]);
});

test('they go with it', async () => {
  await environments.getOrCreate(workspaceId, 'old');
  const { parts, asked } = others();
  await environmentDelete(parts)(EnvironmentDeleteRequest.fromPartial({ name: 'old' }), call);
  const of = { workspaceId, environment: 'old' };
  expect(asked).toEqual([
    ['image-builder.delete-image-names', of],
    ['billing.delete-budgets', of],
  ]);
});
