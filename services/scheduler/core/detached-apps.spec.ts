import type { WebEndpoint } from '@slipway/contracts';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';
import { WORKSPACE } from './testing/samples.testing.js';

const app = { appId: 'ap-1', workspaceId: WORKSPACE };
const web: WebEndpoint = {
  kind: 'asgi',
  http2: false,
  startupTimeoutMs: 5_000,
  exitGraceMs: 0,
  requiresProxyAuth: false,
};
const leave = (scene: SchedulerScene) =>
  scene.requests['disconnect-app']({ ...app, reason: 'interrupted from the keyboard' });
const statusOf = async (scene: SchedulerScene) => (await scene.requests['get-app'](app)).state;

const detached = async (changes: Parameters<SchedulerScene['deploy']>[0] = {}): Promise<SchedulerScene> => {
  const scene = new SchedulerScene();
  await scene.deploy(changes, 'd', 'detached');
  return scene;
};

describe('a detached app', () => {
  test('works on after its client has left, and ends when its last input has', async () => {
    const scene = await detached();
    const taskId = await scene.started(['in-1', 'in-2']);
    await leave(scene);
    for (const inputId of ['in-1', 'in-2']) {
      await scene.take(taskId);
      await scene.pass(1_000, [taskId]);
      expect(await statusOf(scene)).toBe('running');
      await scene.put(taskId, inputId);
    }
    await scene.pass(1_000, [taskId]);
    expect(await statusOf(scene)).toBe('stopping');
  });

  test('stays while its client is there, though nothing is to be done', async () => {
    const scene = await detached();
    for (let minute = 0; minute < 10; minute += 1) {
      await scene.requests['heartbeat-app'](app);
      await scene.pass(60_000);
    }
    expect(await statusOf(scene)).toBe('running');
  });

  test('whose client fell silent ends too', async () => {
    const scene = await detached();
    await scene.pass(4 * 60_000);
    expect(await statusOf(scene)).toBe('stopped');
  });

  test('goes on for its web endpoint', async () => {
    const scene = await detached({ web });
    await leave(scene);
    await scene.pass(4 * 60_000);
    expect(await statusOf(scene)).toBe('running');
  });
});
