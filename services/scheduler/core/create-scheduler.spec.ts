import type { CallGraph } from '@slipway/contracts';
import { WORKSPACE, newInput, specOf } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const started = async (scene: SchedulerScene, inputIds: readonly string[] = ['in-1']): Promise<string> => {
  await scene.sync();
  await scene.call('fc-1', inputIds);
  const plan = await scene.sync();
  return plan.start[0]!.taskId;
};
const call = { callId: 'fc-1', workspaceId: WORKSPACE };

describe('a call', () => {
  test('starts a container, runs there, and its output comes to the one that waits', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    const waiting = scene.outputs('fc-1');
    const taken = await scene.take(taskId);
    expect(taken).toMatchObject({ exit: false, inputs: [{ inputId: 'in-1', callId: 'fc-1' }] });
    await scene.put(taskId, 'in-1');
    expect(await waiting).toMatchObject({
      outputs: [{ entry: 1, inputId: 'in-1', outcome: { kind: 'success' } }],
      lastEntry: 1,
      unfinishedInputs: 0,
    });
  });

  test('answers empty when the time of the long poll is over', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.call('fc-1', ['in-1']);
    const waiting = scene.outputs('fc-1');
    await scene.clock.advance(5_000);
    expect(await waiting).toEqual({ outputs: [], lastEntry: 0, unfinishedInputs: 1 });
  });

  test('of another workspace is not there', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.call('fc-1', ['in-1']);
    await expect(scene.requests['get-call']({ callId: 'fc-1', workspaceId: 'other' })).rejects.toMatchObject({
      refusal: { refused: 'not-found' },
    });
  });

  test('is in the tree of the input that made it, unless that is of another workspace', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.call('fc-1', ['in-1']);
    const { requests } = scene;
    const foreign = { workspaceId: 'other', appId: 'ap-2' };
    await requests['create-app']({ ...foreign, environment: 'main', description: '', lifetime: 'detached' });
    const definition = { spec: specOf(), definitionDigest: 'd' };
    await requests['create-function']({ ...foreign, functionId: 'fu-2', ...definition });
    const made = { shape: 'map', invocation: 'sync', parentInputId: 'in-1', inputs: [] } as const;
    await requests['create-call']({ ...made, callId: 'fc-2', functionId: 'fu-1', workspaceId: WORKSPACE });
    await requests['create-call']({ ...made, callId: 'fc-3', functionId: 'fu-2', workspaceId: 'other' });
    const ids = ({ calls }: CallGraph) => calls.map(({ callId }) => callId);
    expect(ids(await requests['call-graph'](call))).toEqual(['fc-1', 'fc-2']);
    expect(ids(await requests['call-graph']({ callId: 'fc-3', workspaceId: 'other' }))).toEqual(['fc-3']);
  });

  test('that was evicted is read back from its stream', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    await scene.requests['finish-inputs']({ ...call, numInputs: 1 });
    await scene.take(taskId);
    await scene.put(taskId, 'in-1');
    await scene.pass(30 * 60_000, [taskId]);
    scene.process.scheduler.evict();
    expect(scene.process.state.calls.size).toBe(0);
    expect(await scene.requests['get-call'](call)).toMatchObject({ succeededInputs: 1, unfinishedInputs: 0 });
  });

  test('that comes again long after it was evicted is the same call, and nothing is fenced', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    await scene.requests['finish-inputs']({ ...call, numInputs: 1 });
    await scene.take(taskId);
    await scene.put(taskId, 'in-1');
    await scene.pass(30 * 60_000, [taskId]);
    scene.process.scheduler.evict();
    await scene.call('fc-1', ['in-1']);
    expect(await scene.requests['get-call'](call)).toMatchObject({ succeededInputs: 1, unfinishedInputs: 0 });
    expect(scene.process.fenced()).toBeUndefined();
  });
});

describe('a redefined function', () => {
  test('gives new inputs to containers of the new definition only; an old one that waits is let go', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const oldTask = await started(scene);
    await scene.take(oldTask);
    await scene.put(oldTask, 'in-1');
    const waiting = scene.take(oldTask);
    await scene.deploy({}, 'd2');
    expect(await waiting).toEqual({ inputs: [], exit: true });
    await scene.call('fc-2', ['in-2']);
    const plan = await scene.sync([oldTask]);
    expect(plan.start).toMatchObject([{ definitionDigest: 'd2' }]);
    expect(await scene.take(plan.start[0]!.taskId)).toMatchObject({ inputs: [{ inputId: 'in-2' }] });
  });

  test('lets an old container finish what it runs', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const oldTask = await started(scene);
    await scene.take(oldTask);
    await scene.deploy({}, 'd2');
    await scene.put(oldTask, 'in-1');
    expect(await scene.outputs('fc-1')).toMatchObject({ outputs: [{ outcome: { kind: 'success' } }] });
    expect(await scene.take(oldTask)).toEqual({ inputs: [], exit: true });
  });
});

describe('outputs of a container that asks for its next input', () => {
  const putAndTake = (scene: SchedulerScene, taskId: string, holding: readonly string[] = ['in-1']) =>
    scene.requests['put-outputs']({
      taskId,
      workerId: 'wo-1',
      takeNext: { holding },
      outputs: [{ inputId: 'in-1', retryCount: 0, outcome: { kind: 'success' } }],
    });

  test('bring it the next one that waits', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({ autoscaler: { ...specOf().autoscaler, maxContainers: 1 } });
    const taskId = await started(scene, ['in-1', 'in-2']);
    await scene.take(taskId);
    expect(await putAndTake(scene, taskId)).toMatchObject({ next: [{ inputId: 'in-2' }] });
  });

  test('bring it again when the answer was lost', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({ autoscaler: { ...specOf().autoscaler, maxContainers: 1 } });
    const taskId = await started(scene, ['in-1', 'in-2']);
    await scene.take(taskId);
    await putAndTake(scene, taskId);
    expect(await putAndTake(scene, taskId)).toMatchObject({ next: [{ inputId: 'in-2' }] });
    expect(await putAndTake(scene, taskId, ['in-1', 'in-2'])).toEqual({ next: [] });
  });

  test('bring none to a container of an older definition', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({ autoscaler: { ...specOf().autoscaler, maxContainers: 1 } });
    const taskId = await started(scene, ['in-1', 'in-2']);
    await scene.take(taskId);
    await scene.deploy({ autoscaler: { ...specOf().autoscaler, maxContainers: 1 } }, 'd2');
    expect(await putAndTake(scene, taskId)).toEqual({ next: [] });
  });
});

describe('an input', () => {
  test('whose answer was lost on its way is given to its container again, and to no other', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    await scene.take(taskId);
    expect(await scene.take(taskId)).toMatchObject({ inputs: [{ inputId: 'in-1' }] });
    const holding = scene.take(taskId, { holding: ['in-1'] });
    await scene.clock.advance(5_250);
    expect(await holding).toEqual({ inputs: [], exit: false });
    expect(scene.types().filter((type) => type === 'input-started')).toHaveLength(1);
  });

  test('of two polls of one container the later one gets it', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    await scene.take(taskId);
    await scene.put(taskId, 'in-1');
    const first = scene.take(taskId);
    const second = scene.take(taskId);
    await scene.call('fc-2', ['in-2']);
    expect((await first).inputs).toEqual([]);
    expect((await second).inputs).toMatchObject([{ inputId: 'in-2' }]);
  });

  test('that failed is retried after its delay, not before', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({
      retryPolicy: { retries: 1, initialDelayMs: 2_000, backoffCoefficient: 1, maxDelayMs: 9_000 },
    });
    const taskId = await started(scene);
    await scene.take(taskId);
    await scene.put(taskId, 'in-1', 'user-error');
    let taken: unknown;
    void scene.take(taskId).then((answer) => (taken = answer));
    await scene.clock.advance(1_999);
    expect(taken).toBeUndefined();
    await scene.clock.advance(10);
    expect(taken).toMatchObject({ inputs: [{ inputId: 'in-1', retryCount: 1 }] });
  });

  test('of a cancelled call is not retried and does not run again elsewhere', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({
      retryPolicy: { retries: 3, initialDelayMs: 0, backoffCoefficient: 1, maxDelayMs: 0 },
    });
    const taskId = await started(scene, ['in-1', 'in-2']);
    await scene.take(taskId);
    await scene.requests['cancel-call']({ ...call, terminateContainers: false });
    expect((await scene.sync([taskId])).cancel).toEqual([{ taskId, inputIds: ['in-1'] }]);
    await scene.put(taskId, 'in-1', 'user-error');
    expect((await scene.outputs('fc-1')).unfinishedInputs).toBe(0);
    expect(scene.types()).not.toContain('input-requeued');
  });

  test('is not put into a stopped app, nor run again there', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.sync();
    await scene.call('fc-1', ['in-1']);
    await scene.requests['stop-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'enough' });
    const refused = { refusal: { code: 'app-stopped' } };
    await expect(scene.requests['put-inputs']({ ...call, inputs: [newInput('in-2')] })).rejects.toMatchObject(
      refused,
    );
    const again = [{ inputId: 'in-1', retryCount: 1 }];
    await expect(scene.requests['retry-inputs']({ ...call, inputs: again })).rejects.toMatchObject(refused);
    expect((await scene.outputs('fc-1')).outputs).toMatchObject([{ outcome: { kind: 'cancelled' } }]);
  });

  test('waits for no container that is busy for longer than a start takes', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    await scene.ready(taskId);
    await scene.take(taskId);
    await scene.clock.advance(5);
    await scene.put(taskId, 'in-1');
    void scene.take(taskId);
    await scene.call('fc-2', ['parent']);
    // The parent waits for this one: were it to wait for the parent, both would wait for ever.
    await scene.call('fc-3', ['child']);
    await scene.pass(3_000, [taskId]);
    expect((await scene.sync([taskId])).start).toHaveLength(1);
  });

  test('of a worker that fell silent goes to another one, and the old container is a stranger then', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    await scene.take(taskId);
    await scene.clock.advance(11_000);
    expect(scene.types()).toContain('worker-lost');
    const plan = await scene.sync([taskId]);
    expect(plan.stop).toEqual([{ taskId, how: 'kill', reason: 'stopped' }]);
    await scene.put(taskId, 'in-1');
    expect((await scene.requests['get-call'](call)).unfinishedInputs).toBe(1);
    expect(await scene.take((await scene.sync()).start[0]!.taskId)).toMatchObject({
      inputs: [{ inputId: 'in-1' }],
    });
  });
});

describe('containers', () => {
  test('that are idle for the window are stopped, the app that is left keeps none', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
    await scene.ready(taskId);
    await scene.take(taskId);
    await scene.put(taskId, 'in-1');
    await scene.pass(11_000, [taskId]);
    expect((await scene.sync([taskId])).stop).toEqual([{ taskId, how: 'graceful', reason: 'idle' }]);
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

  test('that a draining worker, or one that is silent about them, never started are given up', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
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
    const taskId = await started(scene, ['in-1', 'in-2']);
    expect((await scene.take(taskId)).inputs).toHaveLength(1);
    await scene.put(taskId, 'in-1');
    scene.restart();
    expect(await scene.take(taskId)).toEqual({ inputs: [], exit: true });
  });

  test('a start that is hopeless answers those that wait for it', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await started(scene);
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
    const taskId = await started(scene);
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
