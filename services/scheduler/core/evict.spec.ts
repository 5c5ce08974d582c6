import { newInput, WORKSPACE } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const call = { callId: 'fc-1', workspaceId: WORKSPACE };
const MINUTE_MS = 60_000;

/** A map whose one input is done, in a scheduler that looks for what is finished as often as the real one. */
class FinishedMap extends SchedulerScene {
  taskId = '';

  static async make(): Promise<FinishedMap> {
    const scene = new FinishedMap();
    await scene.deploy({ autoscaler: { ...scene.always } });
    scene.taskId = await scene.started();
    await scene.take(scene.taskId);
    await scene.put(scene.taskId, 'in-1');
    return scene;
  }

  private readonly always = {
    minContainers: 1,
    maxContainers: 1,
    bufferContainers: 0,
    scaledownWindowMs: 10_000,
  };

  get state() {
    return this.process.state;
  }

  async passWithEvictions(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 30_000) {
      await this.pass(30_000, [this.taskId]);
      this.process.scheduler.evict();
    }
  }

  putMore(inputId: string): Promise<unknown> {
    return this.requests['put-inputs']({ ...call, inputs: [newInput('in-1'), newInput(inputId, 1)] });
  }
}

describe('a call that is over', () => {
  test('is let go of after ten minutes, a map too, which nobody ever says to be complete', async () => {
    const scene = await FinishedMap.make();
    await scene.passWithEvictions(9 * MINUTE_MS);
    expect(scene.state.calls.size).toBe(1);
    await scene.passWithEvictions(2 * MINUTE_MS);
    expect([scene.state.calls.size, scene.state.inputs.size]).toEqual([0, 0]);
    expect(await scene.requests['get-call'](call)).toMatchObject({ succeededInputs: 1, unfinishedInputs: 0 });
  });

  test('stays as long as somebody asks for it', async () => {
    const scene = await FinishedMap.make();
    for (let round = 0; round < 4; round += 1) {
      await scene.passWithEvictions(9 * MINUTE_MS);
      expect(scene.state.calls.size).toBe(1);
      await scene.requests['get-call'](call);
    }
    const polling = scene.outputs('fc-1', 1);
    await scene.passWithEvictions(30_000);
    await polling;
    await scene.passWithEvictions(11 * MINUTE_MS);
    expect(scene.state.calls.size).toBe(0);
  });

  test('goes on where it was when a slow client puts another input', async () => {
    const scene = await FinishedMap.make();
    await scene.passWithEvictions(11 * MINUTE_MS);
    await scene.putMore('in-2');
    expect(await scene.take(scene.taskId)).toMatchObject({ inputs: [{ inputId: 'in-2' }] });
    await scene.put(scene.taskId, 'in-2');
    expect(await scene.outputs('fc-1')).toMatchObject({
      outputs: [{ entry: 1 }, { entry: 2 }],
      unfinishedInputs: 0,
    });
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('that comes again is the same call', async () => {
    const scene = await FinishedMap.make();
    await scene.passWithEvictions(11 * MINUTE_MS);
    await scene.call('fc-1', ['in-1']);
    expect(await scene.requests['get-call'](call)).toMatchObject({ succeededInputs: 1, unfinishedInputs: 0 });
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('leaves nothing of its container or of its parent behind, though it is read back', async () => {
    const scene = await FinishedMap.make();
    const made = { functionId: 'fu-1', workspaceId: WORKSPACE, shape: 'map', invocation: 'sync' } as const;
    await scene.requests['create-call']({
      ...made,
      callId: 'fc-2',
      parentInputId: 'in-1',
      inputs: [newInput('in-2')],
    });
    await scene.take(scene.taskId);
    await scene.put(scene.taskId, 'in-2');
    await scene.requests['report-task']({
      ...{ taskId: scene.taskId, workerId: 'wo-1', bootId: 'boot-1' },
      ...{ phase: 'ended', reason: 'finished' },
    });
    await scene.passWithEvictions(11 * MINUTE_MS);
    await scene.requests['get-call']({ ...call, callId: 'fc-2' });
    expect(scene.state.usedTasks.has(scene.taskId)).toBe(false);
    expect(scene.state.runningOfTask.has(scene.taskId)).toBe(false);
    await scene.passWithEvictions(11 * MINUTE_MS);
    expect(scene.state.calls.size + scene.state.callsOfParent.size).toBe(0);
  });
});

test('the layer that a builder function left is there however late it is asked for', async () => {
  const scene = await FinishedMap.make();
  const capturedLayer = { digest: 'd'.repeat(64), sizeBytes: 1 };
  await scene.requests['report-task']({
    ...{ taskId: scene.taskId, workerId: 'wo-1', bootId: 'boot-1' },
    ...{ phase: 'ended', reason: 'finished', capturedLayer },
  });
  await scene.passWithEvictions(11 * MINUTE_MS);
  expect(scene.state.tasks.has(scene.taskId)).toBe(false);
  const answer = await scene.requests['get-captured-layer']({ ...call, waitMs: 0 });
  expect(answer).toEqual({ ended: true, reason: 'finished', layer: capturedLayer });
});

describe('a worker that is lost', () => {
  test('is let go of after an hour, and is the same one when it comes back', async () => {
    const scene = new SchedulerScene();
    await scene.sync();
    await scene.requests['drain-worker']({ workerId: 'wo-1', reason: 'not needed', inputs: 'finish' });
    await scene.clock.advance(59 * MINUTE_MS);
    scene.process.scheduler.evict();
    expect((await scene.requests['list-workers']({})).workers).toMatchObject([{ status: 'lost' }]);
    await scene.clock.advance(2 * MINUTE_MS);
    scene.process.scheduler.evict();
    expect((await scene.requests['list-workers']({})).workers).toEqual([]);
    expect([...scene.process.state.versions.keys()]).toEqual([]);
    await scene.sync();
    expect((await scene.requests['list-workers']({})).workers).toMatchObject([
      { status: 'present', leaving: 'not needed' },
    ]);
    expect(scene.process.fenced()).toBeUndefined();
  });

  test('is still asked for by who holds its host', async () => {
    const scene = new SchedulerScene();
    await scene.sync();
    await scene.clock.advance(61 * MINUTE_MS);
    scene.process.scheduler.evict();
    const drain = { workerId: 'wo-1', reason: 'not needed', inputs: 'finish' } as const;
    expect(await scene.requests['drain-worker'](drain)).toMatchObject({ status: 'lost', containers: 0 });
  });
});
