import { AppPublishRequest, FunctionDefinition, WebhookType } from '@slipway/protocol';
import type { RpcCall } from '../rpc.js';
import { appPublish } from './app-publish.rpc.js';

const definition = (functionName: string, requestedSuffix: string): FunctionDefinition =>
  FunctionDefinition.fromPartial({
    functionName,
    webhookConfig: { type: WebhookType.FUNCTION, requestedSuffix },
  });

/** What the mesh is asked to do, and which names the app has, after a publish of these. */
const publish = async (defined: readonly FunctionDefinition[], request: Partial<AppPublishRequest> = {}) => {
  const asked: string[] = [];
  const names: string[] = [];
  const functions = defined.map((_, index) => ({
    functionId: `fu-${index}`,
    spec: { web: {} },
    definitionDigest: `${index}`,
  }));
  const answers: Record<string, unknown> = {
    'scheduler.list-functions': { functions },
    'scheduler.get-app': { appId: 'ap-1', workspaceId: 'ws-1', lifetime: 'deployed', name: 'shop' },
    'scheduler.publish-app': { deployedAt: 1 },
  };
  const parts = {
    bus: { request: async (name: string) => (asked.push(name), answers[name]) },
    objects: {
      getBytes: async (digest: string) => FunctionDefinition.encode(defined[Number(digest)]!).finish(),
    },
    handles: { classes: async () => [] },
    workspaces: { get: async () => ({ name: 'acme' }) },
    environments: { get: async () => ({ webSuffix: '' }) },
    webRoutes: {
      find: async () => undefined,
      claim: async () => undefined,
      keepOnly: async (_: string, hosts: readonly string[]) => void names.push(...hosts),
    },
    publicUrl: '',
  };
  const call = {
    caller: { kind: 'token', workspaceId: 'ws-1', principal: { name: 'ada' } },
    headers: {},
    newId: () => 'dp-1',
  };
  const done = appPublish(parts as never)(
    AppPublishRequest.fromPartial({ appId: 'ap-1', ...request }),
    call as unknown as RpcCall,
  );
  const refused = await done.then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { refused, names, isPublished: asked.includes('scheduler.publish-app') };
};

test('what is published has its names, and a staged version none', async () => {
  const defined = [definition('one', 'api')];
  expect(await publish(defined)).toEqual({ refused: undefined, names: ['acme--api'], isPublished: true });
  expect(await publish(defined, { staged: true })).toMatchObject({ names: [], isPublished: true });
});

test.each([{}, { staged: true }])('two endpoints with one label are not published: %j', async (request) => {
  const told = await publish([definition('one', 'api'), definition('two', 'api')], request);
  expect(told.isPublished).toBe(false);
  expect(told.refused).toContain("'one of shop' and 'two of shop' have the same label 'acme--api'");
});
