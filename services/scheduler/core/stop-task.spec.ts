import { settleTurns } from './testing/virtual-clock.testing.js';
import { WORKSPACE } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const retryOnce = { retries: 1, initialDelayMs: 60_000, maxDelayMs: 60_000, backoffCoefficient: 1 };

const running = async (changes = {}): Promise<Readonly<{ scene: SchedulerScene; taskId: string }>> => {
  const scene = new SchedulerScene();
  await scene.deploy(changes);
  const taskId = await scene.started();
  await scene.ready(taskId);
  await scene.take(taskId);
  return { scene, taskId };
};
const stop = (scene: SchedulerScene, taskId: string, how: 'drain' | 'graceful') =>
  scene.requests['stop-task']({ workspaceId: WORKSPACE, taskId, how });
const of = (taskId: string) => ({ taskId, workerId: 'wo-1', bootId: 'boot-1' });
const ended = (scene: SchedulerScene, taskId: string) =>
  scene.requests['report-task']({ ...of(taskId), phase: 'ended', reason: 'stopped' });
const unfinished = async (scene: SchedulerScene): Promise<number> =>
  (await scene.requests['get-call']({ callId: 'fc-1', workspaceId: WORKSPACE })).unfinishedInputs;

describe('a container that a user stops', () => {
  test('is interrupted, and its input runs again elsewhere, at once and not as a retry', async () => {
    const { scene, taskId } = await running({ retryPolicy: retryOnce });
    await stop(scene, taskId, 'graceful');
    expect((await scene.sync([taskId])).stop).toEqual([{ taskId, how: 'graceful', reason: 'stopped' }]);
    await scene.requests['put-outputs']({
      ...of(taskId),
      interrupted: true,
      outputs: [{ inputId: 'in-1', retryCount: 0, outcome: { kind: 'cancelled' } }],
    });
    expect(await unfinished(scene)).toBe(1);
    await ended(scene, taskId);
    const [next] = (await scene.sync()).start;
    expect(await scene.take(next!.taskId)).toMatchObject({ inputs: [{ inputId: 'in-1', retryCount: 0 }] });
    expect(scene.log.events.filter(({ type }) => type === 'input-requeued')).toMatchObject([
      { data: { reason: 'container-lost' } },
    ]);
  });

  test('gracefully finishes its input and gets no more; what waits runs elsewhere', async () => {
    const { scene, taskId } = await running();
    await stop(scene, taskId, 'drain');
    await scene.call('fc-2', ['in-2']);
    const plan = await scene.sync([taskId]);
    expect(plan.stop).toEqual([{ taskId, how: 'drain', reason: 'stopped' }]);
    expect(plan.start).toHaveLength(1);
    await scene.put(taskId, 'in-1');
    expect(await unfinished(scene)).toBe(0);
    expect(await scene.take(taskId)).toEqual({ inputs: [], exit: true });
  });

  test('gracefully while it waits for an input is let go', async () => {
    const { scene, taskId } = await running();
    await scene.put(taskId, 'in-1');
    const waiting = scene.take(taskId);
    await settleTurns();
    await stop(scene, taskId, 'drain');
    expect(await waiting).toEqual({ inputs: [], exit: true });
  });

  test('gracefully and then again without patience is interrupted', async () => {
    const { scene, taskId } = await running();
    await stop(scene, taskId, 'drain');
    await stop(scene, taskId, 'graceful');
    expect((await scene.sync([taskId])).stop).toEqual([{ taskId, how: 'graceful', reason: 'stopped' }]);
  });

  test('does not run again if it is a sandbox, which cannot be stopped gracefully', async () => {
    const { scene, taskId } = await running({ purpose: 'sandbox', lifetime: 'single-input' });
    await expect(stop(scene, taskId, 'drain')).rejects.toMatchObject({ refusal: { code: 'not-a-function' } });
    await stop(scene, taskId, 'graceful');
    expect((await scene.sync([taskId])).stop).toEqual([{ taskId, how: 'kill', reason: 'cancelled' }]);
    await ended(scene, taskId);
    expect(await unfinished(scene)).toBe(0);
    expect((await scene.sync()).start).toEqual([]);
  });
});
