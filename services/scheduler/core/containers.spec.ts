import { WORKSPACE } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

describe('containers', () => {
  test('that are idle for the window are stopped, the app that is left keeps none', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.ready(taskId);
    await scene.take(taskId);
    await scene.put(taskId, 'in-1');
    await scene.pass(11_000, [taskId]);
    expect((await scene.sync([taskId])).stop).toEqual([{ taskId, how: 'drain', reason: 'idle' }]);
  });

  test('are listed while they are there, of the app and the environment that is asked for', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    const listed = async (of: { environment?: string; appId?: string } = {}): Promise<readonly string[]> => {
      const { tasks } = await scene.requests['list-tasks']({ workspaceId: WORKSPACE, ...of });
      return tasks.map((task) => task.taskId);
    };
    expect(await listed()).toEqual([taskId]);
    expect(await listed({ environment: 'main', appId: 'ap-1' })).toEqual([taskId]);
    expect([await listed({ environment: 'dev' }), await listed({ appId: 'ap-2' })]).toEqual([[], []]);
    const ended = {
      taskId,
      workerId: 'wo-1',
      bootId: 'boot-1',
      phase: 'ended',
      reason: 'user-error',
    } as const;
    await scene.requests['report-task'](ended);
    expect(scene.process.state.tasks.get(taskId)).toMatchObject({ status: 'ended' });
    expect(await listed()).not.toContain(taskId);
  });

  test('the least number is started as soon as a worker has room, and after a restart', async () => {
    const scene = new SchedulerScene();
    const autoscaler = { minContainers: 1, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 1_000 };
    await scene.deploy({ autoscaler });
    await scene.clock.advance(60_000);
    expect(scene.types()).not.toContain('task-created');
    scene.restart();
    await scene.sync();
    await scene.clock.advance(500);
    expect((await scene.sync()).start).toHaveLength(1);
  });

  test('of a function that may not speak to the platform are started as such, also after a restart', async () => {
    const scene = new SchedulerScene();
    const autoscaler = { minContainers: 1, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 1_000 };
    await scene.deploy({ autoscaler, apiAccess: 'none' });
    scene.restart();
    await scene.sync();
    await scene.clock.advance(500);
    expect((await scene.sync()).start).toMatchObject([{ apiAccess: 'none' }]);
  });

  test('that cannot start are not started again and again while nobody waits', async () => {
    const scene = new SchedulerScene();
    const autoscaler = { minContainers: 1, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 1_000 };
    await scene.sync();
    await scene.deploy({ autoscaler });
    for (let second = 0; second < 120; second += 1) {
      const { start } = await scene.sync();
      for (const { taskId } of start)
        await scene.requests['report-task']({
          ...{ taskId, workerId: 'wo-1', bootId: 'boot-1' },
          phase: 'ended',
          reason: 'platform-error',
        });
      await scene.clock.advance(1_000);
    }
    expect(scene.types().filter((type) => type === 'task-created').length).toBeLessThan(12);
  });

  test('that the platform cannot start for a while are started when it can, and nobody is told', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    let taskId: string | undefined = await scene.started();
    const created = () => scene.types().filter((type) => type === 'task-created').length;
    const of = { workerId: 'wo-1', bootId: 'boot-1' };
    for (let second = 0; second < 540; second += 1) {
      if (taskId !== undefined)
        await scene.requests['report-task']({ ...of, taskId, phase: 'ended', reason: 'platform-error' });
      await scene.clock.advance(1_000);
      taskId = (await scene.sync()).start[0]?.taskId;
    }
    expect(scene.types()).not.toContain('input-finished');
    expect(created()).toBeLessThan(20);
    for (; taskId === undefined; taskId = (await scene.sync()).start[0]?.taskId)
      await scene.clock.advance(1_000);
    await scene.ready(taskId);
    expect((await scene.take(taskId)).inputs).toMatchObject([{ inputId: 'in-1' }]);
  });

  test('that failed to start long ago say nothing of one that fails now: it is tried again', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const of = { workerId: 'wo-1', bootId: 'boot-1', phase: 'ended' } as const;
    const first = await scene.started(['in-1', 'in-2']);
    await scene.ready(first);
    await scene.take(first);
    await scene.pass(3_000, [first]);
    const [second] = (await scene.sync([first])).start;
    await scene.requests['report-task']({ ...of, taskId: second!.taskId, reason: 'platform-error' });
    for (const inputId of ['in-1', 'in-2']) {
      await scene.put(first, inputId);
      void scene.take(first);
    }
    await scene.requests['report-task']({ ...of, taskId: first, reason: 'finished' });
    await scene.pass(3_600_000);
    await scene.call('fc-2', ['in-3']);
    const [late] = (await scene.sync()).start;
    await scene.requests['report-task']({ ...of, taskId: late!.taskId, reason: 'platform-error' });
    await scene.pass(1_000);
    expect((await scene.sync()).start).toHaveLength(1);
  });

  test('that a draining worker, or one that is silent about them, never started are given up', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.sync([], { draining: true });
    expect(scene.process.state.tasks.get(taskId)).toMatchObject({ status: 'ended', reason: 'host-lost' });
    await scene.pass(2_000);
    const [next] = (await scene.sync()).start;
    await scene.pass(32_000);
    expect(scene.process.state.tasks.get(next!.taskId)).toMatchObject({
      status: 'ended',
      reason: 'host-lost',
    });
  });

  test('of one input take no second one, also when the scheduler was restarted in between', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({ lifetime: 'single-input' });
    const taskId = await scene.started(['in-1', 'in-2']);
    expect((await scene.take(taskId)).inputs).toHaveLength(1);
    await scene.put(taskId, 'in-1');
    scene.restart();
    expect(await scene.take(taskId)).toEqual({ inputs: [], exit: true });
  });

  test('a start that is hopeless answers those that wait for it', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    const initFailure = { kind: 'init-failure', exception: 'no module named x' } as const;
    const ended = {
      taskId,
      workerId: 'wo-1',
      bootId: 'boot-1',
      phase: 'ended',
      reason: 'init-failure',
    } as const;
    await scene.requests['report-task']({ ...ended, initFailure });
    expect((await scene.outputs('fc-1')).outputs).toMatchObject([{ outcome: initFailure }]);
  });
});

describe('an app that is stopped', () => {
  test('is done when its last container is gone, and says so once', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.take(taskId);
    const stop = { appId: 'ap-1', workspaceId: WORKSPACE, reason: 'enough' };
    await scene.requests['stop-app'](stop);
    expect(scene.appsDone).toEqual([]);
    expect((await scene.sync([taskId])).stop).toEqual([{ taskId, how: 'graceful', reason: 'app-stopped' }]);
    const ended = { taskId, workerId: 'wo-1', bootId: 'boot-1', phase: 'ended', reason: 'stopped' } as const;
    await scene.requests['report-task'](ended);
    await scene.requests['report-task'](ended);
    await scene.requests['stop-app'](stop);
    expect(scene.appsDone).toEqual(['ap-1']);
    expect(await scene.requests['get-app']({ appId: 'ap-1', workspaceId: WORKSPACE })).toMatchObject({
      state: 'stopped',
    });
  });

  test('an ephemeral one whose client is gone is stopped', async () => {
    const scene = new SchedulerScene();
    const of = { appId: 'ap-2', workspaceId: WORKSPACE };
    await scene.requests['create-app']({
      ...of,
      environment: 'main',
      description: '',
      lifetime: 'ephemeral',
    });
    await scene.clock.advance(170_000);
    await scene.requests['heartbeat-app'](of);
    await scene.clock.advance(170_000);
    expect(scene.appsDone).toEqual([]);
    await scene.clock.advance(20_000);
    expect(scene.appsDone).toEqual(['ap-2']);
  });
});

describe('a scheduler', () => {
  test('that lost its lease answers nothing', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    scene.log.lead();
    let answered = false;
    void scene.call('fc-1', ['in-1']).then(() => (answered = true));
    await scene.clock.advance(1_000);
    expect(answered).toBe(false);
    expect(String(scene.process.fenced())).toContain('another process leads it');
  });
});
