import type { AutoscalerSettings, WebEndpoint } from '@slipway/contracts';
import { Engine } from '../engine.js';
import type { SchedulerPorts } from '../ports.js';
import { specOf, WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';
import { loadOf } from './load-of.js';

const other = { workerId: 'wo-2', bootId: 'boot-2' };
const created = (scene: SchedulerScene): number =>
  scene.types().filter((type) => type === 'task-created').length;

/** Three containers on the first host, each with an input that runs for long. */
const withLongInputs = async (): Promise<Readonly<{ scene: SchedulerScene; taskIds: readonly string[] }>> => {
  const scene = new SchedulerScene();
  await scene.deploy({ autoscaler: { ...specOf().autoscaler, scaledownWindowMs: 1_000 } });
  await scene.sync();
  await scene.call('fc-1', ['in-1', 'in-2', 'in-3']);
  const taskIds = (await scene.sync()).start.map(({ taskId }) => taskId);
  for (const taskId of taskIds) await scene.take(taskId);
  return { scene, taskIds };
};

/** Time passes for both hosts. */
const pass = async (scene: SchedulerScene, ms: number, taskIds: readonly string[]): Promise<void> => {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await scene.pass(1_000, taskIds);
    await scene.sync([], other);
  }
};

test('inputs that end in containers of an older version call for no new ones', async () => {
  const { scene, taskIds } = await withLongInputs();
  expect(taskIds).toHaveLength(3);
  await scene.deploy({ autoscaler: { ...specOf().autoscaler, scaledownWindowMs: 1_000 } }, 'd2');
  await pass(scene, 30_000, taskIds);
  expect(created(scene)).toBe(3);
});

test('nor do inputs that end on a host which is to go', async () => {
  const { scene, taskIds } = await withLongInputs();
  await scene.sync([], other);
  await scene.requests['drain-worker']({ workerId: 'wo-1', reason: 'not needed', inputs: 'finish' });
  await pass(scene, 30_000, taskIds);
  expect(created(scene)).toBe(3);
});

/** A web container that is ready. */
const withWeb = async (settings: Partial<AutoscalerSettings> = {}) => {
  const limits = { startupTimeoutMs: 1_000, exitGraceMs: 0 };
  const web: WebEndpoint = { kind: 'asgi', http2: false, requiresProxyAuth: false, ...limits };
  const changes = { web, autoscaler: { ...specOf().autoscaler, scaledownWindowMs: 1_000, ...settings } };
  const relayUrl = 'http://127.0.0.1:9';
  const scene = new SchedulerScene();
  const ask = (waiting: number, active: number) =>
    scene.requests['await-web-tasks']({
      ...{ workspaceId: WORKSPACE, functionId: 'fu-1', gatewayId: 'gw-1', waitMs: 0 },
      demand: { waiting, active },
    });
  await scene.deploy(changes);
  await scene.sync([], { relayUrl });
  await ask(1, 0);
  const [old] = (await scene.sync([], { relayUrl })).start;
  await scene.ready(old!.taskId);
  return { scene, changes, relayUrl, ask, old };
};

test('nor do web requests inside a container that was replaced; before that they do', async () => {
  const { scene, changes, relayUrl, ask, old } = await withWeb();
  const inside = { taskId: old!.taskId, phase: 'ready', web: { active: 1, taken: 1 } } as const;
  await scene.sync([], { relayUrl, tasks: [inside] });
  await ask(0, 1);
  await scene.deploy(changes, 'd2');
  expect(created(scene)).toBe(2);
  const fresh = (await scene.sync([], { relayUrl, tasks: [inside] })).start[0]!;
  await scene.ready(fresh.taskId);
  for (let second = 0; second < 30; second += 1) {
    const plan = await scene.sync([], {
      relayUrl,
      tasks: [inside, { taskId: fresh.taskId, phase: 'ready' }],
    });
    if (plan.stop.some(({ taskId }) => taskId === fresh.taskId))
      await scene.requests['report-task']({
        ...{ taskId: fresh.taskId, workerId: 'wo-1', bootId: 'boot-1' },
        ...{ phase: 'ended', reason: 'finished' },
      });
    await ask(0, 1);
    await scene.clock.advance(1_000);
  }
  expect(scene.process.state.tasks.get(fresh.taskId)?.status).toBe('ended');
  expect(created(scene)).toBe(2);
});

test('a place that stays taken after the answer is load: who waits then has a container of its own', async () => {
  const { scene, relayUrl, ask, old } = await withWeb();
  const inside = { taskId: old!.taskId, phase: 'ready', web: { active: 1, taken: 1 } } as const;
  await scene.sync([], { relayUrl, tasks: [inside] });
  await ask(0, 1);
  await ask(0, 0);
  expect(created(scene)).toBe(1);
  await ask(1, 0);
  expect(created(scene)).toBe(2);
});

test('work after the answer that takes no place is none', async () => {
  const { scene, relayUrl, ask, old } = await withWeb();
  const inside = { taskId: old!.taskId, phase: 'ready', web: { active: 1, taken: 0 } } as const;
  await scene.sync([], { relayUrl, tasks: [inside] });
  await ask(1, 0);
  expect(created(scene)).toBe(1);
});

test('web requests that wait for as long as the scale-up window have a container of their own', async () => {
  const { scene, relayUrl, ask, old } = await withWeb({ scaleupWindowMs: 5_000 });
  const inside = { taskId: old!.taskId, phase: 'ready', web: { active: 1, taken: 1 } } as const;
  const waits = async (waiting: number, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      await ask(waiting, 1);
      await scene.clock.advance(1_000);
      await scene.sync([], { relayUrl, tasks: [inside] });
    }
  };
  await waits(1, 4);
  await waits(0, 1);
  await waits(1, 4);
  expect(created(scene)).toBe(1);
  await waits(1, 2);
  expect(created(scene)).toBe(2);
});

test('what waits for its retry has not waited for a container, and what came after it has', async () => {
  const scene = new SchedulerScene();
  const retryPolicy = { retries: 1, initialDelayMs: 60_000, backoffCoefficient: 1, maxDelayMs: 60_000 };
  await scene.deploy({ retryPolicy });
  const taskId = await scene.started(['in-1']);
  await scene.ready(taskId);
  await scene.take(taskId);
  await scene.put(taskId, 'in-1', 'user-error');
  const { state } = scene.process;
  const load = () => {
    const fn = state.resolve('fu-1')!;
    return loadOf(new Engine(state, {} as SchedulerPorts), fn, [], scene.clock.now());
  };
  expect(load()).toMatchObject({ queuedInputs: 1, longestWaitMs: 0 });
  await scene.call('fc-2', ['in-2']);
  await scene.pass(3_000, [taskId]);
  expect(load()).toMatchObject({ queuedInputs: 2, longestWaitMs: 3_000 });
  await scene.take(taskId);
  expect(load()).toMatchObject({ queuedInputs: 1, longestWaitMs: 0 });
  await scene.pass(60_000, [taskId]);
  expect(load()).toMatchObject({ queuedInputs: 1, longestWaitMs: 3_000 });
});
