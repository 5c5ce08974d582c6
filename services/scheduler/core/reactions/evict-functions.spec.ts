import type { FunctionOverrides } from '@slipway/contracts';
import { replayLog } from '../hot-state/replay-log.js';
import { takeSnapshot } from '../hot-state/snapshot.js';
import { describeState } from '../testing/describe-state.testing.js';
import { newInput, specOf, WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

const HALF_AN_HOUR_MS = 30 * 60_000;
const variant = { functionId: 'fu-variant', workspaceId: WORKSPACE } as const;
const sandbox = {
  ...{ functionId: 'fu-sb', appId: 'ap-1', workspaceId: WORKSPACE, definitionDigest: 'd' },
  spec: specOf({ purpose: 'sandbox', lifetime: 'single-input' }),
};

/** A deployed app with a variant of its function, whose one call is done. */
const calledVariant = async (overrides: FunctionOverrides = {}): Promise<SchedulerScene> => {
  const scene = new SchedulerScene();
  await scene.deploy();
  await scene.sync();
  await scene.requests['bind-function']({
    ...variant,
    functionId: 'fu-1',
    boundFunctionId: 'fu-variant',
    overrides,
  });
  await callVariant(scene, 'fc-1', 'in-1');
  const taskId = (await scene.sync()).start[0]!.taskId;
  await scene.take(taskId);
  await scene.put(taskId, 'in-1');
  await scene.requests['report-task']({
    ...{ taskId, workerId: 'wo-1', bootId: 'boot-1', phase: 'ended', reason: 'finished' },
  });
  return scene;
};

const callVariant = (scene: SchedulerScene, callId: string, inputId: string) =>
  scene.requests['create-call']({
    ...{ ...variant, callId, shape: 'unary', invocation: 'sync', inputs: [newInput(inputId)] },
  });

describe('a function', () => {
  test('of a sandbox leaves the memory with its call, and is there again for who asks', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.sync();
    await scene.requests['create-function'](sandbox);
    scene.process.scheduler.evict();
    await scene.requests['create-call']({
      ...{ functionId: 'fu-sb', workspaceId: WORKSPACE, callId: 'fc-sb' },
      ...{ shape: 'unary', invocation: 'async', inputs: [newInput('in-sb')] },
    });
    const taskId = (await scene.sync()).start[0]!.taskId;
    await scene.take(taskId);
    await scene.put(taskId, 'in-sb');
    await scene.pass(HALF_AN_HOUR_MS, []);
    await scene.evictAfter(0);
    expect([...scene.process.state.functions.keys()]).toEqual(['fu-1']);
    expect((await scene.outputs('fc-sb')).outputs).toMatchObject([{ inputId: 'in-sb' }]);
    await scene.requests['create-function'](sandbox);
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('stays as long as the log does not hold it', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const append = scene.log.append.bind(scene.log);
    let comeBack = (): void => undefined;
    const isBack = new Promise<void>((resolve) => (comeBack = resolve));
    scene.log.append = async (events, fence) => {
      await isBack;
      return append(events, fence);
    };
    const defined = scene.requests['create-function'](sandbox);
    await scene.evictAfter(0);
    expect(scene.process.state.functions.has('fu-sb')).toBe(true);
    comeBack();
    await defined;
    await scene.evictAfter(0);
    expect(scene.process.state.functions.has('fu-sb')).toBe(false);
  });

  test('that is a variant leaves the memory when nobody calls it, and comes back with its next call', async () => {
    const scene = await calledVariant();
    expect(scene.process.state.functions.has('fu-variant')).toBe(true);
    await scene.evictAfter(HALF_AN_HOUR_MS);
    expect([...scene.process.state.functions.keys()]).toEqual(['fu-1']);
    await callVariant(scene, 'fc-2', 'in-2');
    expect((await scene.sync()).start).toMatchObject([{ functionId: 'fu-variant' }]);
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('that is a variant which was bound again leaves the memory as well', async () => {
    const scene = await calledVariant();
    const again = { ...variant, functionId: 'fu-1', boundFunctionId: 'fu-variant' };
    await scene.requests['bind-function']({ ...again, overrides: { timeoutMs: 9_000 } });
    await scene.evictAfter(HALF_AN_HOUR_MS);
    expect([...scene.process.state.functions.keys()]).toEqual(['fu-1']);
    const view = await scene.requests['bind-function']({ ...again, overrides: { timeoutMs: 9_000 } });
    expect(view.spec.timeoutMs).toBe(9_000);
    expect(scene.types().filter((type) => type === 'function-bound')).toHaveLength(2);
  });

  test('that comes back may lack room again', async () => {
    const scene = await calledVariant();
    const lacked = () => scene.types().filter((type) => type === 'room-lacked').length;
    const lackRoom = async (callId: string, inputId: string): Promise<void> => {
      // Nothing is heard of the worker for so long that it is given up.
      await scene.clock.advance(11_000);
      await callVariant(scene, callId, inputId);
      await scene.clock.advance(2_000);
      await scene.requests['cancel-call']({ callId, workspaceId: WORKSPACE, terminateContainers: true });
    };
    await lackRoom('fc-2', 'in-2');
    expect(lacked()).toBe(1);
    await scene.evictAfter(HALF_AN_HOUR_MS);
    expect(scene.process.state.functions.has('fu-variant')).toBe(false);
    await lackRoom('fc-3', 'in-3');
    expect(lacked()).toBe(2);
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('that is a variant which was scaled stays: a deployment takes that back', async () => {
    const scene = await calledVariant();
    const by = { byId: 'u-1', byName: 'ada' };
    await scene.requests['scale-function']({ ...variant, ...by, settings: { maxContainers: 3 } });
    await scene.evictAfter(HALF_AN_HOUR_MS);
    expect(scene.process.state.functions.has('fu-variant')).toBe(true);
  });

  describe('that is a variant which was let go of, when its class has got min_containers since,', () => {
    const started = async (overrides: FunctionOverrides = {}): Promise<unknown[]> => {
      const scene = await calledVariant(overrides);
      await scene.evictAfter(HALF_AN_HOUR_MS);
      const by = { byId: 'u-1', byName: 'ada', workspaceId: WORKSPACE };
      await scene.requests['scale-function']({ ...by, functionId: 'fu-1', settings: { minContainers: 1 } });
      scene.restart();
      await scene.clock.advance(1_000);
      return (await scene.sync()).start.map(({ functionId }) => functionId);
    };

    test('does not come back with a start', async () => {
      expect(await started()).toEqual(['fu-1']);
    });
    test('does where it keeps containers by its own settings', async () => {
      const autoscaler = { ...specOf().autoscaler, minContainers: 1 };
      expect((await started({ autoscaler })).toSorted()).toEqual(['fu-1', 'fu-variant']);
    });
  });

  test('that is a variant of a class which is deployed with min_containers keeps them over a start', async () => {
    const scene = await calledVariant();
    const warm = specOf({ autoscaler: { ...specOf().autoscaler, minContainers: 1 } });
    await scene.deploy(warm);
    scene.restart();
    await scene.clock.advance(1_000);
    const started = (await scene.sync()).start.map(({ functionId }) => functionId);
    expect(started.toSorted()).toEqual(['fu-1', 'fu-variant']);
  });

  test('that a snapshot had let go of is there after a start, when a container of it lives: it is stopped in its time', async () => {
    const scene = await calledVariant();
    await scene.evictAfter(HALF_AN_HOUR_MS);
    const saved = JSON.parse(JSON.stringify(takeSnapshot(scene.process.state))) as unknown;
    const snapshot = { position: scene.log.events.length, state: saved };
    await callVariant(scene, 'fc-2', 'in-2');
    const taskId = (await scene.sync()).start[0]!.taskId;
    await scene.take(taskId);
    await scene.put(taskId, 'in-2');
    const { state } = await replayLog(scene.log, snapshot);
    expect([...state.tasksOfFunction.keys()]).toEqual(['fu-variant']);
    expect(state.resolve('fu-variant')).toBeDefined();
    expect(describeState(state)).toBe(describeState(scene.process.state));
  });

  test('that a snapshot had let go of is there after a start, when inputs wait for it again', async () => {
    const scene = await calledVariant();
    await scene.evictAfter(HALF_AN_HOUR_MS);
    const saved = JSON.parse(JSON.stringify(takeSnapshot(scene.process.state))) as unknown;
    const snapshot = { position: scene.log.events.length, state: saved };
    await callVariant(scene, 'fc-2', 'in-2');
    const { state } = await replayLog(scene.log, snapshot);
    expect(state.functions.has('fu-variant')).toBe(true);
    expect(describeState(state)).toBe(describeState(scene.process.state));
  });
});

test('of a function that has nothing to do no index keeps an entry', async () => {
  const scene = await calledVariant();
  const { queueOfFunction, runningOfFunction, tasksOfFunction, tasksOfApp, unfinishedOfCall } =
    scene.process.state;
  for (const index of [queueOfFunction, runningOfFunction, tasksOfFunction, tasksOfApp, unfinishedOfCall])
    expect([...index.keys()]).toEqual([]);
});
