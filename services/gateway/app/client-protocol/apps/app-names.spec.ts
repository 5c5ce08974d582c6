import type { AppView } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import {
  AppCreateRequest,
  AppGetOrCreateRequest,
  AppPublishRequest,
  AppSetTagsRequest,
  AppState,
  ObjectCreationType,
} from '@slipway/protocol';
import type { RpcCall } from '../rpc.js';
import { appCreate } from './app-create.rpc.js';
import { appGetOrCreate } from './app-get-or-create.rpc.js';
import { appPublish } from './app-publish.rpc.js';
import { appSetTags } from './app-tags.rpc.js';

const call = {
  caller: { kind: 'token', workspaceId: 'ws-1', principal: { name: 'ada' } },
  newId: (prefix: string) => `${prefix}-mine`,
} as unknown as RpcCall;

const view = (changes: Partial<AppView>): AppView =>
  ({
    appId: 'ap-theirs',
    name: 'shop',
    state: 'created',
    version: 0,
    functionIds: {},
    ...changes,
  }) as AppView;

/** The apps of a scheduler of which each look-up finds the next. */
const partsFinding = (...found: readonly (AppView | undefined)[]) => {
  const left = [...found];
  const asked: unknown[] = [];
  const isTaken = found.some((app) => app?.appId === 'ap-theirs');
  const request = (name: string, body: unknown): Promise<unknown> => {
    asked.push([name, body]);
    if (name === 'scheduler.find-app') return Promise.resolve({ app: left.shift() });
    if (name === 'scheduler.create-app' && isTaken)
      return Promise.reject(new RefusedError(refuse('already-exists', 'app-name-taken', 'it is taken')));
    return Promise.resolve({ functions: [] });
  };
  const environments = { resolve: () => Promise.resolve('main') };
  return { parts: { bus: { request }, environments, objects: {}, publicUrl: '' } as never, asked };
};

const getOrCreate = AppGetOrCreateRequest.fromPartial({
  appName: 'shop',
  objectCreationType: ObjectCreationType.CREATE_IF_MISSING,
});

const kept = (appId: string): unknown => ['scheduler.keep-app', expect.objectContaining({ appId })];

test('of many who make an app of one name at once all get the one that the first made, and it stays for all', async () => {
  const { parts, asked } = partsFinding(undefined, view({}), view({ version: 1 }));
  expect(await appGetOrCreate(parts)(getOrCreate, call)).toMatchObject({ appId: 'ap-theirs' });
  expect(asked).toContainEqual(kept('ap-theirs'));
});

test('who makes an app that is looked up keeps it, and makes no version of it, also where a try before was broken off', async () => {
  const made = view({ appId: 'ap-mine' });
  const first = partsFinding(undefined, made);
  expect(await appGetOrCreate(first.parts)(getOrCreate, call)).toMatchObject({ appId: 'ap-mine' });
  expect(first.asked).toContainEqual(kept('ap-mine'));
  const again = partsFinding(made, made);
  expect(await appGetOrCreate(again.parts)(getOrCreate, call)).toMatchObject({ appId: 'ap-mine' });
  expect(again.asked).toContainEqual(kept('ap-mine'));
  for (const { asked } of [first, again])
    expect(asked).not.toContainEqual(['scheduler.publish-app', expect.anything()]);
});

test('an app that is looked up and not to be made is left as it is', async () => {
  const { parts, asked } = partsFinding(view({}));
  const request = AppGetOrCreateRequest.fromPartial({ appName: 'shop' });
  expect(await appGetOrCreate(parts)(request, call)).toMatchObject({ appId: 'ap-theirs' });
  expect(asked).toEqual([['scheduler.find-app', expect.anything()]]);
});

test('one that is there to stay, though it serves nothing yet, is left as it is as well', async () => {
  const { parts, asked } = partsFinding(view({ state: 'running' }));
  expect(await appGetOrCreate(parts)(getOrCreate, call)).toMatchObject({ appId: 'ap-theirs' });
  expect(asked).toEqual([['scheduler.find-app', expect.anything()]]);
});

test('a first deployment that begins while another one does goes on in its app', async () => {
  const request = AppCreateRequest.fromPartial({ description: 'shop', appState: AppState.INITIALIZING });
  expect(await appCreate(partsFinding(view({})).parts)(request, call)).toMatchObject({ appId: 'ap-theirs' });
});

test('where the other one has just ended, the request is tried again', async () => {
  const request = AppCreateRequest.fromPartial({ description: 'shop', appState: AppState.INITIALIZING });
  const { parts } = partsFinding(undefined, view({}));
  await expect(appCreate(parts)(request, call)).rejects.toMatchObject({
    refusal: { refused: 'unavailable' },
  });
});

test('tags that the client would not send are refused wherever an app is given tags, before anybody is asked', async () => {
  const { parts, asked } = partsFinding(undefined);
  const tags = { team: 'x'.repeat(1000) };
  const refused = { refusal: { code: 'tag-invalid' } };
  await expect(appCreate(parts)(AppCreateRequest.fromPartial({ tags }), call)).rejects.toMatchObject(refused);
  await expect(appSetTags(parts)(AppSetTagsRequest.fromPartial({ tags }), call)).rejects.toMatchObject(
    refused,
  );
  await expect(appPublish(parts)(AppPublishRequest.fromPartial({ tags }), call)).rejects.toMatchObject(
    refused,
  );
  expect(asked).toEqual([]);
});

test('an app that runs without a name is described by the beginning of its command line', async () => {
  const { parts, asked } = partsFinding(undefined);
  const description = `run.py --prompt ${'word '.repeat(1000)}`;
  const request = AppCreateRequest.fromPartial({ description, appState: AppState.EPHEMERAL });
  await appCreate(parts)(request, call);
  expect(asked).toEqual([
    ['scheduler.create-app', expect.objectContaining({ description: `${description.slice(0, 255)}…` })],
  ]);
});
