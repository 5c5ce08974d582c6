import type { Caller } from '@slipway/gateway-core';
import { issueWebPass, type WebPass } from '../access/web-pass.js';
import { curlGetAuthToken } from '../client-protocol/proxy-tokens/web-pass.rpc.js';
import type { RpcCall } from '../client-protocol/rpc.js';
import { ProxyAccess } from './proxy-access.js';
import { route } from './web-front-scene.testing.js';

const KEY = 'signing-key';
const access = new ProxyAccess(undefined as never, undefined as never, KEY);

const statusOf = async (environment: string, token: string): Promise<number | undefined> =>
  (await access.check(route({ environment }), { 'modal-authorization': `Bearer ${token}` }))?.status;

const passOf = async (caller: object): Promise<string> => {
  const asked = { caller: { workspaceId: 'ws-1', defaultEnvironment: 'main', ...caller } as Caller };
  return (await curlGetAuthToken({ signingKey: KEY })({ url: '' }, asked as RpcCall)).token ?? '';
};

test('a pass opens the environments in which its owner may call functions', async () => {
  const ofDev = await passOf({
    kind: 'token',
    roleElsewhere: 'no-access',
    environmentRoles: { dev: 'contributor', staging: 'viewer' },
  });
  expect(await statusOf('dev', ofDev)).toBeUndefined();
  expect(await statusOf('staging', ofDev)).toBe(403);
  expect(await statusOf('prod', ofDev)).toBe(403);
  const ofMost = await passOf({
    kind: 'token',
    roleElsewhere: 'contributor',
    environmentRoles: { prod: 'viewer' },
  });
  expect(await statusOf('dev', ofMost)).toBeUndefined();
  expect(await statusOf('prod', ofMost)).toBe(403);
});

test('code in a container opens its own environment, and what its deployer may call', async () => {
  const code = await passOf({
    kind: 'task',
    defaultEnvironment: 'dev',
    roleElsewhere: 'no-access',
    environmentRoles: { staging: 'caller' },
  });
  expect(await statusOf('dev', code)).toBeUndefined();
  expect(await statusOf('staging', code)).toBeUndefined();
  expect(await statusOf('prod', code)).toBe(403);
});

test('a pass for a function opens that one alone, and none opens another workspace', async () => {
  const pass = (what: WebPass): string => issueWebPass(KEY, what, Date.now());
  expect(await statusOf('prod', pass({ workspaceId: 'ws-1', functionId: 'fu-1' }))).toBeUndefined();
  expect(await statusOf('prod', pass({ workspaceId: 'ws-1', functionId: 'fu-2' }))).toBe(401);
  expect(await statusOf('prod', pass({ workspaceId: 'ws-2', environments: { allBut: [] } }))).toBe(401);
});
