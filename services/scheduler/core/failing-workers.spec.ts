import { SchedulerScene } from './testing/scheduler-scene.testing.js';

/** A worker like wo-1, whose starts work. */
const sound = { workerId: 'wo-2', bootId: 'boot-2' };

/** On wo-1 the platform fails every start. */
class FailingScene extends SchedulerScene {
  readonly working: string[] = [];

  /** Both workers ask for their plans and do as they are told. Answers how many starts each was given. */
  async both(): Promise<readonly [failing: number, sound: number]> {
    const failing = await this.failing();
    const phase = 'ready' as const;
    const running = this.working.map((taskId) => ({ taskId, phase }));
    const { start } = await this.sync([], { ...sound, tasks: running });
    for (const { taskId } of start) {
      this.working.push(taskId);
      await this.requests['report-task']({ ...sound, taskId, phase, phases: {} });
      void this.requests['take-inputs']({
        ...{ ...sound, taskId, holding: [], maxInputs: 1, lingerMs: 0, waitMs: 3_600_000 },
      });
    }
    return [failing, start.length];
  }

  async failing(bootId = 'boot-1'): Promise<number> {
    const { start } = await this.sync([], { bootId });
    for (const { taskId } of start)
      await this.requests['report-task']({
        ...{ taskId, workerId: 'wo-1', bootId },
        ...{ phase: 'ended', reason: 'platform-error', message: 'no space left on device' },
      });
    return start.length;
  }
}

/** Starts that failed on wo-1 once, with `inputs` that run for long. */
const withFailure = async (inputs: number): Promise<FailingScene> => {
  const scene = new FailingScene();
  await scene.deploy();
  await scene.sync();
  await scene.call(
    'fc-1',
    Array.from({ length: inputs }, (_, index) => `in-${index}`),
  );
  await scene.failing();
  return scene;
};

test('a worker on which the platform failed a start is passed over, and what waited starts elsewhere', async () => {
  const scene = await withFailure(3);
  expect(scene.failedStarts).toEqual([['wo-1', 1]]);
  await scene.sync([], sound);
  let started = 0;
  for (let second = 0; second < 4; second += 1) {
    await scene.clock.advance(1_000);
    const [failing, more] = await scene.both();
    expect(failing).toBe(0);
    started += more;
  }
  expect(started).toBe(3);
});

test('it is tried with one start after each pause, ever more rarely, while there is work', async () => {
  const scene = await withFailure(1);
  await scene.sync([], sound);
  for (let second = 0; second < 10 * 60; second += 1) {
    await scene.call(`fc-more-${second}`, [`in-more-${second}`]);
    const [failing] = await scene.both();
    expect(failing).toBeLessThanOrEqual(1);
    for (const taskId of scene.working.splice(0))
      await scene.requests['report-task']({ ...sound, taskId, phase: 'ended', reason: 'finished' });
    await scene.clock.advance(1_000);
  }
  const inARow = scene.failedStarts.map(([, failures]) => failures);
  expect(inARow).toEqual(inARow.map((_, index) => index + 1));
  expect(inARow.length).toBeGreaterThan(6);
  expect(inARow.length).toBeLessThan(10);
});

test('where no other has room it is tried at the pace of the function, and a start that works ends its trouble', async () => {
  const scene = await withFailure(1);
  let given = 0;
  for (let second = 0; second < 4; second += 1) {
    await scene.clock.advance(1_000);
    given += await scene.failing();
  }
  expect(given).toBeGreaterThan(0);
  let taskId: string | undefined;
  for (; taskId === undefined; taskId = (await scene.sync()).start[0]?.taskId)
    await scene.clock.advance(1_000);
  await scene.ready(taskId);
  expect(scene.failedStarts.at(-1)).toEqual(['wo-1', 0]);
});

test('a worker that was started anew is tried at once', async () => {
  const scene = await withFailure(1);
  await scene.sync([], sound);
  await scene.failing('boot-3');
  await scene.clock.advance(1_000);
  expect(await scene.failing('boot-3')).toBe(1);
  expect(scene.failedStarts).toEqual([
    ['wo-1', 1],
    ['wo-1', 0],
    ['wo-1', 1],
  ]);
});
