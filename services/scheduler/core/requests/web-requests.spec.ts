import type { WebEndpoint, WebTasks } from '@slipway/contracts';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';
import { specOf, WORKSPACE } from '../testing/samples.testing.js';
import { settleTurns } from '../testing/virtual-clock.testing.js';

const web: WebEndpoint = {
  kind: 'asgi',
  http2: false,
  startupTimeoutMs: 1_000,
  exitGraceMs: 0,
  requiresProxyAuth: false,
};
const RELAY = { relayUrl: 'http://127.0.0.1:9' };

const scene = async (changes = {}): Promise<SchedulerScene> => {
  const made = new SchedulerScene();
  await made.deploy({ web, ...changes });
  await made.sync([], RELAY);
  return made;
};

const ask = (
  { requests }: SchedulerScene,
  demand: { waiting: number; active: number },
  knownRevision?: number,
  waitMs = 0,
): Promise<WebTasks> =>
  requests['await-web-tasks']({
    workspaceId: WORKSPACE,
    functionId: 'fu-1',
    gatewayId: 'gw-1',
    demand,
    waitMs,
    ...(knownRevision === undefined ? {} : { knownRevision }),
  });

const started = async (made: SchedulerScene): Promise<string> => {
  await ask(made, { waiting: 1, active: 0 });
  const { start } = await made.sync([], RELAY);
  await made.ready(start[0]!.taskId);
  return start[0]!.taskId;
};

test('a waiting web request starts a container, and the poll is answered when it is ready', async () => {
  const made = await scene();
  const { revision, tasks } = await ask(made, { waiting: 1, active: 0 });
  expect(tasks).toEqual([]);
  const { start } = await made.sync([], RELAY);
  expect(start).toMatchObject([{ functionId: 'fu-1', web: { kind: 'asgi' } }]);
  const held = ask(made, { waiting: 1, active: 0 }, revision, 5_000);
  await made.ready(start[0]!.taskId);
  expect((await held).tasks).toEqual([{ taskId: start[0]!.taskId, ...RELAY, maxRequests: 1 }]);
});

test('a poll with nothing new is held for its time', async () => {
  const made = await scene();
  const { revision } = await ask(made, { waiting: 0, active: 0 });
  let answered = false;
  const held = ask(made, { waiting: 0, active: 0 }, revision, 2_000).then(() => (answered = true));
  await made.clock.advance(1_000);
  expect(answered).toBe(false);
  await made.clock.advance(1_000);
  await held;
});

test('a newer poll of the same gateway ends the one before', async () => {
  const made = await scene();
  const { revision } = await ask(made, { waiting: 0, active: 0 });
  const first = ask(made, { waiting: 0, active: 0 }, revision, 60_000);
  void ask(made, { waiting: 0, active: 1 }, revision, 60_000);
  await settleTurns();
  await expect(first).resolves.toMatchObject({ revision });
});

test('requests inside keep a container, and its idle time begins when they have left', async () => {
  const made = await scene();
  const taskId = await started(made);
  const inside = async (active: number, ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      await made.clock.advance(1_000);
      await made.sync([], { ...RELAY, tasks: [{ taskId, phase: 'ready', web: { active } }] });
    }
  };
  await inside(1, 30_000);
  expect(made.types()).not.toContain('task-stop-requested');
  await inside(0, 8_000);
  expect(made.types()).not.toContain('task-stop-requested');
  await inside(0, 4_000);
  expect(made.types()).toContain('task-stop-requested');
  expect((await ask(made, { waiting: 0, active: 0 })).tasks).toEqual([]);
});

test('containers follow the demand of gateways', async () => {
  const made = await scene({ targetConcurrentInputs: 2, maxConcurrentInputs: 4 });
  await ask(made, { waiting: 3, active: 2 });
  expect((await made.sync([], RELAY)).start).toHaveLength(3);
});

test('a start that cannot work is told once, and the next request makes another try', async () => {
  const made = await scene();
  const { revision } = await ask(made, { waiting: 1, active: 0 });
  const held = ask(made, { waiting: 1, active: 0 }, revision, 60_000);
  const { start } = await made.sync([], RELAY);
  await made.requests['report-task']({
    taskId: start[0]!.taskId,
    workerId: 'wo-1',
    bootId: 'boot-1',
    phase: 'ended',
    reason: 'init-failure',
    initFailure: { kind: 'init-failure', exception: 'No module named x' },
  });
  const told = await held;
  expect(told.problem).toEqual({
    kind: 'start-failed',
    message: expect.stringContaining('No module named x') as string,
  });
  expect((await made.sync([], RELAY)).start).toEqual([]);
  const after = await ask(made, { waiting: 1, active: 0 }, told.revision);
  expect(after.problem).toBeUndefined();
  expect((await made.sync([], RELAY)).start).toHaveLength(1);
});

test('after a deploy the old container serves until one of the new definition is ready', async () => {
  const made = await scene();
  const old = await started(made);
  await ask(made, { waiting: 0, active: 1 });
  await made.deploy({ web }, 'd2');
  expect((await ask(made, { waiting: 0, active: 1 })).tasks).toMatchObject([{ taskId: old }]);
  const { start } = await made.sync([old], RELAY);
  await made.ready(start[0]!.taskId);
  expect((await ask(made, { waiting: 0, active: 1 })).tasks).toMatchObject([{ taskId: start[0]!.taskId }]);
  expect((await made.sync([old], RELAY)).stop).toMatchObject([{ taskId: old, how: 'drain' }]);
});

test('the definition that serves says whether a token is asked for, whatever was defined since', async () => {
  const made = await scene({ web: { ...web, requiresProxyAuth: true } });
  const { revision, proxyAuth } = await ask(made, { waiting: 0, active: 0 });
  expect(proxyAuth).toEqual({ '': true });
  const of = { appId: 'ap-1', workspaceId: WORKSPACE };
  await made.requests['create-function']({
    ...of,
    functionId: 'fu-1',
    definitionDigest: 'd2',
    spec: specOf({ web, webMethods: { open: web } }),
  });
  const held = ask(made, { waiting: 0, active: 0 }, revision, 60_000);
  const layout = { name: 'shop', functionIds: { f: 'fu-1' }, classIds: {}, definitionIds: {} };
  await made.requests['publish-app']({ ...of, ...layout });
  expect((await held).proxyAuth).toEqual({ '': false, open: false });
  await made.requests['redeploy-app']({ ...of, deploymentId: 'dp-2', kind: 'rollback', version: -1 });
  expect((await ask(made, { waiting: 0, active: 0 })).proxyAuth).toEqual({ '': true });
});

test('a function that stopped being a web endpoint is told as such at once, and starts no container', async () => {
  const made = await scene();
  await made.deploy({}, 'd2');
  const { tasks, problem } = await ask(made, { waiting: 1, active: 0 });
  expect(tasks).toEqual([]);
  expect(problem).toEqual({
    kind: 'stopped',
    message: expect.stringContaining('no longer a web endpoint') as string,
  });
  expect((await made.sync([], RELAY)).start).toEqual([]);
});

test('a stopped app is told as such, and strangers are told of no function', async () => {
  const made = await scene();
  await started(made);
  await made.requests['stop-app']({ workspaceId: WORKSPACE, appId: 'ap-1', reason: 'asked' });
  const { tasks, problem } = await ask(made, { waiting: 1, active: 0 });
  expect(tasks).toEqual([]);
  expect(problem).toEqual({ kind: 'stopped', message: 'the app shop is stopped' });
  await expect(
    made.requests['await-web-tasks']({
      workspaceId: 'ws-2',
      functionId: 'fu-1',
      gatewayId: 'gw-1',
      demand: { waiting: 1, active: 0 },
      waitMs: 0,
    }),
  ).rejects.toThrow('there is no function fu-1');
});
