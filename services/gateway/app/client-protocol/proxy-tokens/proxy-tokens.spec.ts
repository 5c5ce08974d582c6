import type { MikroORM } from '@mikro-orm/postgresql';
import type { EnvironmentStanding } from '@slipway/gateway-core';
import {
  WebhookTokenCreateRequest,
  TokenDeleteRequest,
  WebhookTokenEnvironmentAddRequest,
  WebhookTokenEnvironmentRemoveRequest,
  WebhookTokenUpdateRequest,
} from '@slipway/protocol';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';
import { Environments } from '../../store/environments.js';
import { openStore } from '../../store/open-store.js';
import { ProxyTokens } from '../../store/proxy-tokens.js';
import type { RpcCall } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { proxyTokenAnswers } from './proxy-token-answers.js';

const workspaceId = 'ac-1';

let parts: RpcParts;
const ids: Record<string, string> = {};

overPostgres(openStore, async (orm: MikroORM) => {
  const environments = new Environments(orm);
  parts = { proxyTokens: new ProxyTokens(orm), environments, signingKey: 'key' } as unknown as RpcParts;
  await orm.em.fork().execute(`insert into gateway.workspaces values ('${workspaceId}', 'ours', 'main', 0)`);
  for (const name of ['dev', 'prod'])
    ids[name] = (await environments.getOrCreate(workspaceId, name)).environmentId;
});

const callOf = (
  roleElsewhere: EnvironmentStanding,
  environmentRoles: Readonly<Record<string, EnvironmentStanding>> = {},
): RpcCall =>
  ({
    caller: {
      kind: 'token',
      workspaceId,
      workspaceName: 'ours',
      defaultEnvironment: 'main',
      principal: { name: 'ada' },
      environmentRoles,
      roleElsewhere,
    },
    newId: (prefix: string) => `${prefix}-${(made += 1)}`,
  }) as unknown as RpcCall;
let made = 0;

const anywhere = callOf('contributor');
const ofDev = callOf('no-access', { dev: 'contributor' });
const codeInDev = {
  ...ofDev,
  caller: { ...callOf('caller').caller, kind: 'task', taskId: 'ta-1', defaultEnvironment: 'dev' },
} as unknown as RpcCall;

const answers = () => proxyTokenAnswers(parts);
const fresh = async (...environments: string[]): Promise<string> => {
  const scoped = environments.length > 0;
  const { tokenId } = await answers().webhookTokenCreate(
    WebhookTokenCreateRequest.fromPartial({ name: 'of prod', scoped }),
    anywhere,
  );
  for (const name of environments) await change('allow', tokenId, anywhere, name);
  return tokenId;
};

type Change = 'delete' | 'rename' | 'allow' | 'disallow';
const change = async (
  what: Change,
  tokenId: string,
  call: RpcCall,
  environment = 'dev',
): Promise<unknown> => {
  const rpcs = answers();
  const where = { tokenId, environmentId: ids[environment]! };
  switch (what) {
    case 'delete':
      return rpcs.webhookTokenDelete(TokenDeleteRequest.fromPartial({ tokenId }), call);
    case 'rename':
      return rpcs.webhookTokenUpdate(WebhookTokenUpdateRequest.fromPartial({ tokenId, name: 'new' }), call);
    case 'allow':
      return rpcs.webhookTokenEnvironmentAdd(WebhookTokenEnvironmentAddRequest.fromPartial(where), call);
    case 'disallow':
      return rpcs.webhookTokenEnvironmentRemove(
        WebhookTokenEnvironmentRemoveRequest.fromPartial(where),
        call,
      );
  }
};

test.each(['delete', 'rename', 'allow', 'disallow'] as const)(
  'who may not change everything may not %s a token that opens everything',
  async (what) => {
    const tokenId = await fresh();
    for (const call of [ofDev, codeInDev])
      await expect(change(what, tokenId, call)).rejects.toThrow('every environment of the workspace');
    expect(await parts.proxyTokens.get(workspaceId, tokenId)).toMatchObject({
      name: 'of prod',
      scoped: false,
    });
    await change(what, tokenId, anywhere);
  },
);

test.each(['delete', 'rename'] as const)(
  'to %s a scoped token takes the right in each environment that it opens',
  async (what) => {
    const [both, ours] = [await fresh('dev', 'prod'), await fresh('dev')];
    for (const call of [ofDev, codeInDev])
      await expect(change(what, both, call)).rejects.toThrow("environment 'prod'");
    await change(what, ours, ofDev);
  },
);

test('a scoped token is let into an environment, and out of it, by who may change things there', async () => {
  const tokenId = await fresh('prod');
  await change('allow', tokenId, ofDev);
  await change('disallow', tokenId, ofDev);
  expect((await parts.proxyTokens.get(workspaceId, tokenId)).environmentIds).toEqual([ids['prod']]);
});

test('a token says who made it', async () => {
  const tokenId = await fresh();
  const { tokens } = await answers().webhookTokenList({}, anywhere);
  expect(tokens.find((token) => token.tokenId === tokenId)?.createdBy?.username).toBe('ada');
});
