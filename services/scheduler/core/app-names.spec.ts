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

test('a name is free again when its app is stopped or its first deployment is broken off', async () => {
  const scene = new SchedulerScene();
  await create(scene, 'ap-1');
  await scene.requests['disconnect-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'broken off' });
  expect(await found(scene)).toBeUndefined();
  await create(scene, 'ap-2');
  expect(await found(scene)).toBe('ap-2');
});

test('apps that run as long as their clients are many under one description, and have no name', async () => {
  const scene = new SchedulerScene();
  await create(scene, 'ap-1');
  for (const appId of ['ap-2', 'ap-3']) await create(scene, appId, 'ephemeral');
  await create(scene, 'ap-4', 'detached');
  expect(await found(scene)).toBe('ap-1');
});
