import { LISTED_MS } from '../app/list-apps.js';
import { newInput, WORKSPACE } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';

const NEVER = ['ap-never', 'fc-never'];

const callWith = (scene: SchedulerScene, ...blobIds: string[]): Promise<unknown> =>
  scene.requests['create-call']({
    ...{ callId: 'fc-1', functionId: 'fu-1', workspaceId: WORKSPACE, shape: 'map', invocation: 'async' },
    inputs: blobIds.map((blobId, idx) => ({ ...newInput(`in-${idx}`, idx), args: { blobId } })),
  });

describe('what has ended', () => {
  const ended = async ({ requests }: SchedulerScene): Promise<readonly string[]> =>
    (await requests['list-ended']({ ids: ['ap-1', 'fc-1', ...NEVER] })).ended;

  test('is no app that has not stopped, and no call with an input that has not finished', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    const taskId = await scene.started();
    await scene.take(taskId);
    expect(await ended(scene)).toEqual(NEVER);
    await scene.put(taskId, 'in-1');
    expect(await ended(scene)).toEqual(['fc-1', ...NEVER]);
    await scene.requests['stop-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'enough' });
    await scene.requests['report-task']({
      ...{ taskId, workerId: 'wo-1', bootId: 'boot-1', phase: 'ended', reason: 'finished' },
    });
    expect(await ended(scene)).toEqual(['ap-1', 'fc-1', ...NEVER]);
  });

  test('is told of what left the memory too', async () => {
    const scene = new SchedulerScene();
    const run = { appId: 'ap-1', workspaceId: WORKSPACE };
    const lifetime = 'ephemeral';
    await scene.requests['create-app']({ ...run, environment: 'main', description: '', lifetime });
    await scene.requests['stop-app']({ ...run, reason: 'it is done' });
    await scene.evictAfter(LISTED_MS + 60_000);
    expect(scene.process.state.apps.size).toBe(0);
    expect(await ended(scene)).toContain('ap-1');
  });
});

describe('arguments', () => {
  const named = async ({ requests }: SchedulerScene): Promise<readonly string[]> =>
    (await requests['list-arguments']({ blobIds: ['bl-1', 'bl-2', 'bl-3'] })).blobIds;

  test('are those of inputs that wait or run, also after a start', async () => {
    const scene = new SchedulerScene();
    await scene.deploy();
    await scene.sync();
    await callWith(scene, 'bl-1', 'bl-2');
    const taskId = (await scene.sync()).start[0]!.taskId;
    expect(await named(scene)).toEqual(['bl-1', 'bl-2']);
    await scene.take(taskId);
    scene.restart();
    expect(await named(scene)).toEqual(['bl-1', 'bl-2']);
    await scene.put(taskId, 'in-0');
    expect(await named(scene)).toEqual(['bl-2']);
  });
});
