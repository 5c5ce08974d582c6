import { SchedulerScene } from '../testing/scheduler-scene.testing.js';
import { WORKSPACE } from '../testing/samples.testing.js';

const client = { appId: 'ap-2', workspaceId: WORKSPACE };

const withEphemeralApp = async (): Promise<SchedulerScene> => {
  const scene = new SchedulerScene();
  await scene.requests['create-app']({
    ...{ ...client, environment: 'main', description: '', lifetime: 'ephemeral' },
  });
  return scene;
};

describe('silence', () => {
  test('of a worker is counted only while the bus carries messages', async () => {
    const scene = new SchedulerScene();
    await scene.sync();
    await scene.clock.advance(5_000);
    scene.busLostAt = scene.clock.now();
    await scene.clock.advance(60_000);
    scene.busLostAt = undefined;
    await scene.clock.advance(9_000);
    expect(scene.types()).not.toContain('worker-lost');
    await scene.clock.advance(2_000);
    expect(scene.types()).toContain('worker-lost');
  });

  test('of a worker is not counted while the scheduler itself stood still', async () => {
    const scene = new SchedulerScene();
    await scene.sync();
    await scene.clock.stall(60_000);
    await scene.clock.advance(9_000);
    expect(scene.types()).not.toContain('worker-lost');
    await scene.clock.advance(2_000);
    expect(scene.types()).toContain('worker-lost');
  });

  test('of a client is not counted then either', async () => {
    const scene = await withEphemeralApp();
    await scene.clock.advance(170_000);
    scene.busLostAt = scene.clock.now();
    await scene.clock.advance(60_000);
    scene.busLostAt = undefined;
    await scene.clock.advance(170_000);
    expect(scene.appsDone).toEqual([]);
    await scene.clock.advance(20_000);
    expect(scene.appsDone).toEqual(['ap-2']);
  });

  test('is not what a client leaves that said so: a detached app ends with its work all the same', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({}, 'd', 'detached');
    await scene.sync();
    await scene.call('fc-1', ['in-1']);
    await scene.requests['disconnect-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'left' });
    await scene.clock.stall(5_000);
    const taskId = (await scene.sync()).start[0]!.taskId;
    await scene.take(taskId);
    await scene.put(taskId, 'in-1');
    await scene.pass(1_000, [taskId]);
    expect(scene.types()).toContain('app-stop-requested');
  });
});
