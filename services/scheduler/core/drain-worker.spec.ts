import type { WorkerPlan } from '@slipway/contracts';
import { GATHER_MS } from './policies/outputs/gather-outputs.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';
import { WORKSPACE } from './testing/samples.testing.js';
import { settleTurns } from './testing/virtual-clock.testing.js';

const other = { workerId: 'wo-2', bootId: 'boot-2' };
const drain = { workerId: 'wo-1', reason: 'the plan needs it no longer', inputs: 'finish' } as const;

const onTwoHosts = async (): Promise<Readonly<{ scene: SchedulerScene; taskId: string }>> => {
  const scene = new SchedulerScene();
  await scene.deploy();
  await scene.sync();
  await scene.call('fc-1', ['in-1', 'in-2']);
  const [{ taskId } = { taskId: '' }] = (await scene.sync()).start;
  await scene.ready(taskId);
  await scene.sync([taskId]);
  return { scene, taskId };
};

const syncOther = (scene: SchedulerScene): Promise<WorkerPlan> => scene.sync([], other);

test('workers are listed in pages, each of them once, or all of them', async () => {
  const { scene } = await onTwoHosts();
  await syncOther(scene);
  const list = scene.requests['list-workers'];
  const first = await list({ limit: 1 });
  expect(first).toMatchObject({ workers: [{ workerId: 'wo-1' }], nextAfterWorkerId: 'wo-1' });
  const second = await list({ limit: 1, afterWorkerId: 'wo-1' });
  expect(second).toEqual({ workers: [expect.objectContaining({ workerId: 'wo-2' })] });
  expect(await list({})).toEqual({ workers: [...first.workers, ...second.workers] });
});

describe('a worker that is drained', () => {
  test('finishes what it has, gets no more, and the rest runs elsewhere', async () => {
    const { scene, taskId } = await onTwoHosts();
    const [taken] = (await scene.take(taskId)).inputs;
    await syncOther(scene);
    expect(await scene.requests['drain-worker'](drain)).toMatchObject({
      leaving: drain.reason,
      runningInputs: 1,
    });
    expect((await syncOther(scene)).start).not.toEqual([]);
    await scene.put(taskId, taken!.inputId);
    expect(await scene.take(taskId)).toEqual({ inputs: [], exit: true });
    const outputs = scene.outputs('fc-1');
    await scene.pass(GATHER_MS);
    expect((await outputs).outputs).toMatchObject([{ inputId: 'in-1' }]);
  });

  test('lets a container go that waits for an input', async () => {
    const { scene, taskId } = await onTwoHosts();
    for (const inputId of ['in-1', 'in-2']) {
      await scene.take(taskId);
      await scene.put(taskId, inputId);
    }
    const waiting = scene.take(taskId);
    await settleTurns();
    await scene.requests['drain-worker'](drain);
    expect(await waiting).toEqual({ inputs: [], exit: true });
  });

  test('puts what runs on it back into the queue at once when its host is about to be taken', async () => {
    const { scene, taskId } = await onTwoHosts();
    await scene.take(taskId);
    await syncOther(scene);
    const view = await scene.requests['drain-worker']({ ...drain, inputs: 'requeue' });
    expect(view).toMatchObject({ containers: 0, runningInputs: 0 });
    expect((await scene.sync([taskId])).stop).toMatchObject([{ taskId, how: 'kill' }]);
    await scene.pass(1_000);
    expect(
      (await scene.requests['get-call']({ callId: 'fc-1', workspaceId: WORKSPACE })).unfinishedInputs,
    ).toBe(2);
    expect((await syncOther(scene)).start).not.toEqual([]);
  });

  test('stays drained when its process or the scheduler starts anew', async () => {
    const { scene } = await onTwoHosts();
    await scene.requests['drain-worker'](drain);
    await scene.requests['drain-worker']({ ...drain, reason: 'asked again' });
    scene.restart();
    expect((await scene.sync([], { bootId: 'boot-9' })).start).toEqual([]);
    expect((await scene.requests['list-workers']({})).workers).toMatchObject([
      { workerId: 'wo-1', leaving: drain.reason, containers: 0 },
    ]);
  });

  test('gets containers again when the drain is taken back', async () => {
    const { scene } = await onTwoHosts();
    await scene.requests['drain-worker']({ ...drain, inputs: 'requeue' });
    expect((await scene.sync()).start).toEqual([]);
    await scene.requests['keep-worker']({ workerId: 'wo-1' });
    await scene.pass(1_000);
    expect((await scene.sync()).start).not.toEqual([]);
  });

  test('that nobody knows is refused', async () => {
    const { scene } = await onTwoHosts();
    await expect(scene.requests['drain-worker']({ ...drain, workerId: 'wo-9' })).rejects.toThrow(
      'no worker wo-9 has joined this platform',
    );
  });
});
