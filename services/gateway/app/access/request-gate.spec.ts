import type { Caller } from '@slipway/gateway-core';
import type { EnvironmentOfObject } from './environment-of-object.js';
import { RequestGate } from './request-gate.js';

const environments: Record<string, string> = {
  'ta-prod': 'prod',
  'ta-dev': 'dev',
  'ap-dev': 'dev',
  'fu-prod': 'prod',
};
const gate = new RequestGate({
  find: (_: string, id: string) => Promise.resolve(environments[id]),
} as unknown as EnvironmentOfObject);

/** Contributor in dev; all else is closed to them. */
const member = {
  kind: 'token',
  workspaceId: 'ws-1',
  workspaceName: 'research',
  defaultEnvironment: 'main',
  principal: { name: 'ada', role: 'member' },
  environmentRoles: { dev: 'contributor' },
  roleElsewhere: 'no-access',
} as unknown as Caller;

const asked = (rpc: string, request: object): Promise<void> => gate.check(rpc, request, member);

test('an id counts where it is one of several that a request may have', async () => {
  const target = (value: string) => ({ target: { $case: 'taskId', value } });
  await expect(asked('sandboxGetCommandRouterAccess', target('ta-prod'))).rejects.toThrow('prod');
  await asked('sandboxGetCommandRouterAccess', target('ta-dev'));
});

test('an id that nobody has opens no default environment', async () => {
  const request = { deploymentName: 'db', environmentName: '', objectCreationType: 4 };
  await expect(asked('secretGetOrCreate', { ...request, appId: 'ap-nothing' })).rejects.toThrow('main');
  await expect(asked('secretGetOrCreate', { ...request, appId: '' })).rejects.toThrow('main');
  await asked('secretGetOrCreate', { ...request, environmentName: 'dev', appId: 'ap-dev' });
});

test.each(['imagePublish', 'imageGetByTag', 'imageTagRevisions', 'imageNameDelete'])(
  '%s is asked for where the name says, else where the request does, else in the default environment',
  async (rpc) => {
    await asked(rpc, { tag: 'dev/base:latest', environmentName: '' });
    await asked(rpc, { tag: 'base:latest', environmentName: 'dev' });
    await expect(asked(rpc, { tag: 'prod/base:latest', environmentName: '' })).rejects.toThrow("'prod'");
    await expect(asked(rpc, { tag: 'prod/base:latest', environmentName: 'dev' })).rejects.toThrow("'prod'");
    await expect(asked(rpc, { tag: 'base:latest', environmentName: '' })).rejects.toThrow("'main'");
    await expect(asked(rpc, { tag: 'base:latest' })).rejects.toThrow("'main'");
  },
);

test('a function that an image is built by runs only for who may change things where it is', async () => {
  const request = { appId: 'ap-dev', image: Buffer.from('') };
  await asked('imageGetOrCreate', { ...request, buildFunctionId: '' });
  await expect(asked('imageGetOrCreate', { ...request, buildFunctionId: 'fu-prod' })).rejects.toThrow(
    "'prod'",
  );
});
