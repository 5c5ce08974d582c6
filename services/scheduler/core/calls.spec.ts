import type { CallGraph } from '@slipway/contracts';
import { GATHER_MS } from './policies/outputs/gather-outputs.js';
import { WORKSPACE, specOf } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const call = { callId: 'fc-1', workspaceId: WORKSPACE };

describe('a call', () => {
  test('starts a container, runs there, and its output comes to the one that waits', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
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

  test('tells the outputs of a map together that come soon after one another', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started(['in-1', 'in-2', 'in-3']);
    const waiting = scene.outputs('fc-1');
    for (const inputId of ['in-1', 'in-2']) {
      await scene.take(taskId);
      await scene.put(taskId, inputId);
    }
    await scene.clock.advance(GATHER_MS);
    expect(await waiting).toMatchObject({
      outputs: [{ inputId: 'in-1' }, { inputId: 'in-2' }],
      unfinishedInputs: 1,
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
});

describe('a redefined function', () => {
  test('gives new inputs to containers of the new definition only; an old one that waits is let go', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const oldTask = await scene.started();
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
    const oldTask = await scene.started();
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
    const taskId = await scene.started(['in-1', 'in-2']);
    await scene.take(taskId);
    expect(await putAndTake(scene, taskId)).toMatchObject({ next: [{ inputId: 'in-2' }] });
  });

  test('bring it again when the answer was lost', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({ autoscaler: { ...specOf().autoscaler, maxContainers: 1 } });
    const taskId = await scene.started(['in-1', 'in-2']);
    await scene.take(taskId);
    await putAndTake(scene, taskId);
    expect(await putAndTake(scene, taskId)).toMatchObject({ next: [{ inputId: 'in-2' }] });
    expect(await putAndTake(scene, taskId, ['in-1', 'in-2'])).toEqual({ next: [] });
  });

  test('bring none to a container of an older definition', async () => {
    const scene = new SchedulerScene();
    await scene.deploy({ autoscaler: { ...specOf().autoscaler, maxContainers: 1 } });
    const taskId = await scene.started(['in-1', 'in-2']);
    await scene.take(taskId);
    await scene.deploy({ autoscaler: { ...specOf().autoscaler, maxContainers: 1 } }, 'd2');
    expect(await putAndTake(scene, taskId)).toEqual({ next: [] });
  });
});
