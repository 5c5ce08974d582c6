import { MOST_LISTED_BYTES, type EnvironmentChoice } from '@slipway/contracts';
import * as fc from 'fast-check';
import { LISTED_MS } from './app/list-apps.js';
import { specOf, WORKSPACE } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const every = (periodMs: number) => ({ schedule: { kind: 'period', months: 0, periodMs } as const });

const fired = (scene: SchedulerScene): readonly number[] =>
  scene.log.events.flatMap(({ type, data }) =>
    type === 'schedule-fired' ? [(data as { dueAt: number }).dueAt] : [],
  );
const missed = (scene: SchedulerScene): number =>
  scene.log.events.reduce(
    (sum, { type, data }) => sum + (type === 'schedule-missed' ? (data as { ticks: number }).ticks : 0),
    0,
  );
const listed = async (scene: SchedulerScene, appId: string | undefined = 'ap-1') =>
  (await scene.requests['list-schedules']({ workspaceId: WORKSPACE, ...(appId && { appId }) })).schedules;

test('each tick of a deployed function is an asynchronous call without arguments', async () => {
  const scene = new SchedulerScene();
  await scene.deploy(every(2_000));
  await scene.clock.advance(6_300);
  expect(fired(scene)).toHaveLength(3);
  const calls = scene.log.events.filter(({ type }) => type === 'call-created');
  expect(calls.map(({ data }) => data)).toMatchObject(
    fired(scene).map((dueAt) => ({ callId: `fc-fu-1-${dueAt}`, invocation: 'async', shape: 'unary' })),
  );
  const [schedule] = await listed(scene);
  expect(schedule).toMatchObject({ functionId: 'fu-1', appName: 'shop', state: 'active' });
  expect(schedule?.runs).toHaveLength(3);
});

test('an app that is not deployed has no schedules', async () => {
  const scene = new SchedulerScene();
  await scene.deploy(every(1_000), 'd', 'ephemeral');
  await scene.clock.advance(5_000);
  expect(fired(scene)).toEqual([]);
});

test('a redeployment with the same schedule does not reset it; one with another does', async () => {
  const scene = new SchedulerScene();
  await scene.deploy(every(10_000));
  const [before] = await listed(scene);
  await scene.clock.advance(4_000);
  await scene.deploy(every(10_000), 'd2');
  expect(await listed(scene)).toMatchObject([{ nextDueAt: before?.nextDueAt }]);
  await scene.deploy(every(9_000), 'd3');
  expect(await listed(scene)).toMatchObject([{ nextDueAt: scene.clock.now() + 9_000 }]);
});

test('a function that is removed and an app that is stopped tick no more', async () => {
  const scene = new SchedulerScene();
  await scene.deploy(every(1_000));
  await scene.deploy({}, 'without');
  expect(await listed(scene)).toMatchObject([{ state: 'ended' }]);
  await scene.deploy(every(1_000), 'again');
  await scene.requests['stop-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'enough' });
  const sofar = fired(scene).length;
  await scene.clock.advance(5_000);
  expect(fired(scene)).toHaveLength(sofar);
  expect(await listed(scene)).toMatchObject([{ state: 'ended' }]);
});

test('a schedule that has ended is listed for its app alone, and is let go of when that is listed no longer', async () => {
  const scene = new SchedulerScene();
  await scene.deploy(every(1_000));
  expect(await listed(scene, '')).toMatchObject([{ state: 'active' }]);
  await scene.requests['stop-app']({ appId: 'ap-1', workspaceId: WORKSPACE, reason: 'enough' });
  await scene.evictAfter(LISTED_MS - 60_000);
  expect(await listed(scene)).toMatchObject([{ state: 'ended' }]);
  expect(await listed(scene, '')).toEqual([]);
  await scene.evictAfter(2 * 60_000);
  expect(await listed(scene)).toEqual([]);
  const { state } = scene.process;
  expect([state.schedules.size, state.versions.has('schedule-fu-1')]).toEqual([0, false]);
  scene.restart();
  expect(scene.process.state.schedules.size).toBe(0);
});

test('a schedule that cannot be kept is refused with the function and what is wrong', async () => {
  const scene = new SchedulerScene();
  const schedule = { kind: 'cron', expression: '61 * * * *', timeZone: 'UTC' } as const;
  await expect(scene.deploy({ schedule })).rejects.toThrow(/'f'.*'61 \* \* \* \*'/);
});

test('of environments that are not asked for no schedule takes the room in the answer', async () => {
  const scene = new SchedulerScene();
  const deploy = async (environment: string, tags: readonly string[]) => {
    const of = { appId: `ap-${environment}`, workspaceId: WORKSPACE };
    await scene.requests['create-app']({ ...of, environment, description: '', lifetime: 'deployed' });
    const functionIds = Object.fromEntries(tags.map((tag, index) => [tag, `fu-${environment}-${index}`]));
    for (const [tag, functionId] of Object.entries(functionIds)) {
      const spec = specOf({ ...every(60_000), tag });
      await scene.requests['create-function']({ ...of, functionId, spec, definitionDigest: 'd' });
    }
    const none = { classIds: {}, definitionIds: {} };
    await scene.requests['publish-app']({
      ...{ ...of, ...none, functionIds },
      ...{ name: environment, lifetime: 'deployed' },
    });
  };
  const long = 'f'.repeat(MOST_LISTED_BYTES / 4);
  await deploy(
    'main',
    ['a', 'b', 'c', 'd', 'e'].map((tag) => tag + long),
  ); // More than one answer holds.
  await deploy('dev', ['f']);
  const listedIn = async (environments?: EnvironmentChoice) => {
    const ask = { workspaceId: WORKSPACE, ...(environments && { environments }) };
    return (await scene.requests['list-schedules'](ask)).schedules.map(({ functionId }) => functionId);
  };
  const all = await listedIn();
  expect(all.length).toBeLessThan(6);
  expect(await listedIn({ only: ['dev'] })).toEqual(['fu-dev-0']);
  expect(await listedIn({ allBut: ['main'] })).toEqual(['fu-dev-0']);
});

test('of another workspace no schedule is seen', async () => {
  const scene = new SchedulerScene();
  await scene.deploy(every(1_000));
  expect((await scene.requests['list-schedules']({ workspaceId: 'ws-2' })).schedules).toEqual([]);
});

test('after an outage the schedules catch up one after the other, so that no tick of the scheduler lasts long', async () => {
  const scene = new SchedulerScene();
  const of = { appId: 'ap-1', workspaceId: WORKSPACE };
  const functionIds = { a: 'fu-a', b: 'fu-b', c: 'fu-c', d: 'fu-d' };
  await scene.requests['create-app']({ ...of, environment: 'main', description: '', lifetime: 'deployed' });
  for (const [tag, functionId] of Object.entries(functionIds)) {
    const spec = specOf({ ...every(1_000), tag });
    await scene.requests['create-function']({ ...of, functionId, spec, definitionDigest: 'd' });
  }
  const none = { classIds: {}, definitionIds: {} };
  await scene.requests['publish-app']({ ...of, ...none, name: 'shop', lifetime: 'deployed', functionIds });
  scene.process.kill();
  await scene.clock.advance(600_000);
  scene.restart();
  const runs = () => [...scene.process.state.schedules.values()].flatMap((schedule) => schedule.runs).length;
  const caughtUp = [1, 2, 3].map(() => {
    scene.process.scheduler.tick();
    return runs();
  });
  expect(caughtUp).toEqual([2, 4, 4]);
});

test('whatever restarts in between: every tick fires once or is reported as missed, and each has its one call', async () => {
  const step = fc.record({ passMs: fc.nat(4_000), downMs: fc.option(fc.nat(8_000), { nil: undefined }) });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1_000, max: 5_000 }),
      fc.array(step, { maxLength: 12 }),
      async (periodMs, steps) => {
        const scene = new SchedulerScene();
        await scene.deploy(every(periodMs));
        const startedAt = scene.clock.now();
        for (const { passMs, downMs } of steps) {
          await scene.clock.advance(passMs);
          if (downMs === undefined) continue;
          scene.process.kill();
          await scene.clock.advance(downMs);
          scene.restart();
        }
        await scene.clock.advance(periodMs + 500);
        const ticks = fired(scene);
        expect(new Set(ticks).size).toBe(ticks.length);
        const [schedule] = await listed(scene);
        expect(ticks.length + missed(scene)).toBe((schedule!.nextDueAt! - startedAt) / periodMs - 1);
        const calls = scene.log.events.flatMap(({ type, data }) =>
          type === 'call-created' ? [(data as { callId: string }).callId] : [],
        );
        expect(calls).toEqual(ticks.map((dueAt) => `fc-fu-1-${dueAt}`));
      },
    ),
    { numRuns: 60 },
  );
});
