import type { AppLifetime } from '@slipway/contracts';
import { WORKSPACE } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const of = { workspaceId: WORKSPACE, environment: 'main' };

const create = (
  { requests }: SchedulerScene,
  appId: string,
  lifetime: AppLifetime = 'deployed',
): Promise<unknown> =>
  requests['create-app']({
    ...of,
    appId,
    description: 'shop',
    lifetime,
    ...(lifetime === 'deployed' ? { name: 'shop' } : {}),
  });
const found = async ({ requests }: SchedulerScene): Promise<string | undefined> =>
  (await requests['find-app']({ ...of, name: 'shop' })).app?.appId;

test('there is one app of each name, and one that was not made takes the name from nobody', async () => {
  const scene = new SchedulerScene();
  await create(scene, 'ap-1');
  await expect(create(scene, 'ap-2')).rejects.toMatchObject({
    refusal: { refused: 'already-exists', code: 'app-name-taken' },
  });
  await create(scene, 'ap-1');
  await scene.clock.advance(60_000);
  expect(await found(scene)).toBe('ap-1');
});

test('a deployment under the name of another app is refused, and that one keeps it', async () => {
  const scene = new SchedulerScene();
  await scene.deploy();
  await create(scene, 'ap-2', 'ephemeral');
  const published = scene.requests['publish-app']({
    ...{ appId: 'ap-2', workspaceId: WORKSPACE, name: 'shop' },
    ...{ functionIds: {}, classIds: {}, definitionIds: {} },
  });
  await expect(published).rejects.toMatchObject({ refusal: { code: 'app-name-taken' } });
  expect(await found(scene)).toBe('ap-1');
});

test('a name is free again when its app is stopped or its first deployment is broken off', async () => {
  const scene = new SchedulerScene();
  await create(scene, 'ap-1');
  await scene.requests['disconnect-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'broken off' });
  expect(await found(scene)).toBeUndefined();
  await create(scene, 'ap-2');
  expect(await found(scene)).toBe('ap-2');
});

describe('of two first deployments at once the app is one, and', () => {
  const first = { appId: 'ap-1', workspaceId: WORKSPACE };
  const leave = ({ requests }: SchedulerScene) =>
    requests['disconnect-app']({ ...first, reason: 'broken off' });
  const hear = ({ requests }: SchedulerScene) => requests['heartbeat-app'](first);
  const joins = {
    'that looks for it': found,
    'that would make it': (scene: SchedulerScene) => create(scene, 'ap-2').catch(() => undefined),
  };

  test.each(Object.entries(joins))(
    'it goes on for the one %s, when the other leaves or falls silent',
    async (_, join) => {
      const scene = new SchedulerScene();
      await create(scene, 'ap-1');
      await scene.clock.advance(170_000);
      await join(scene);
      await scene.clock.advance(15_000);
      await leave(scene);
      for (let heartbeat = 0; heartbeat < 10; heartbeat += 1) {
        await hear(scene);
        await scene.clock.advance(15_000);
      }
      expect(await found(scene)).toBe('ap-1');
    },
  );

  test('it ends soon when neither is heard of', async () => {
    const scene = new SchedulerScene();
    await create(scene, 'ap-1');
    await found(scene);
    await leave(scene);
    await scene.clock.advance(40_000);
    expect(scene.appsDone).toEqual([]);
    await scene.clock.advance(10_000);
    expect(scene.appsDone).toEqual(['ap-1']);
  });

  test('what one of them has published stays when the other leaves', async () => {
    const scene = new SchedulerScene();
    await create(scene, 'ap-1');
    await found(scene);
    const nothing = { functionIds: {}, classIds: {}, definitionIds: {} };
    await scene.requests['publish-app']({ ...first, ...nothing, name: 'shop' });
    await leave(scene);
    await scene.clock.advance(600_000);
    expect(await found(scene)).toBe('ap-1');
  });

  test('it stays when somebody has looked it up, and what is deployed is version 1 of it', async () => {
    const scene = new SchedulerScene();
    await create(scene, 'ap-1');
    await scene.requests['keep-app'](first);
    await scene.requests['keep-app'](first);
    scene.restart();
    await leave(scene);
    await scene.clock.advance(600_000);
    expect(await found(scene)).toBe('ap-1');
    expect(await scene.requests['list-versions'](first)).toEqual({ versions: [] });
    const nothing = { functionIds: {}, classIds: {}, definitionIds: {} };
    await expect(
      scene.requests['publish-app']({ ...first, ...nothing, name: 'shop', staged: true }),
    ).rejects.toMatchObject({ refusal: { code: 'nothing-serves' } });
    expect(await scene.requests['publish-app']({ ...first, ...nothing, name: 'shop' })).toMatchObject({
      version: 1,
    });
  });

  test('a new leader, which does not know who else deploys it, waits for the others too', async () => {
    const scene = new SchedulerScene();
    await create(scene, 'ap-1');
    scene.restart();
    await leave(scene);
    await hear(scene);
    await scene.clock.advance(60_000);
    expect(scene.appsDone).toEqual([]);
  });
});

test('apps that run as long as their clients are many under one description, and have no name', async () => {
  const scene = new SchedulerScene();
  await create(scene, 'ap-1');
  for (const appId of ['ap-2', 'ap-3']) await create(scene, appId, 'ephemeral');
  await create(scene, 'ap-4', 'detached');
  expect(await found(scene)).toBe('ap-1');
});
