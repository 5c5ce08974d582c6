import { demandKeyOf, demandShapeOf, type HostLabels } from '@slipway/contracts';
import { factOf } from './fact-of.js';
import type { SchedulerEvent } from './scheduler-event.js';
import type { TaskCreated } from './task/task.events.js';
import { specOf } from './testing/samples.testing.js';
import { SchedulerScene } from './testing/scheduler-scene.testing.js';

const KEY = demandKeyOf(demandShapeOf(specOf()));
const labels = (offerId: string, changes: Partial<HostLabels> = {}): HostLabels => ({
  hostId: `host-${offerId}`,
  offerId,
  vendor: 'v',
  region: 'us-east-1',
  geo: 'us',
  instanceType: 'i',
  purchase: 'on-demand',
  ...changes,
});

/** A worker that is present; with labels it is a host that was bought. */
const join = (scene: SchedulerScene, workerId: string, host?: HostLabels) =>
  scene.sync([], {
    workerId,
    capacity: { milliCpu: 4_000, memoryMiB: 4_096, gpus: [], runtime: 'runc', ...(host ? { host } : {}) },
  });
const follow = (scene: SchedulerScene, flows: Record<string, number>, madeAt = scene.clock.now()) =>
  scene.requests['follow-plan']({
    planId: `pl-${madeAt}`,
    madeAt,
    validUntil: scene.clock.now() + 60_000,
    flows: {
      [KEY]: Object.entries(flows).map(([offerId, containers]) => ({ offerIds: [offerId], containers })),
    },
  });
const placed = (scene: SchedulerScene): readonly string[] =>
  scene.log.events
    .filter(({ type }) => type === 'task-created')
    .map(({ data }) => data as TaskCreated['data'])
    .map(({ workerId, placedBy }) => `${workerId} ${placedBy ?? ''}`.trim());

describe('containers are placed by the capacity plan', () => {
  test('as its flows share them out, then by best fit, which is told', async () => {
    const scene = new SchedulerScene();
    await join(scene, 'wo-a', labels('a'));
    await join(scene, 'wo-b', labels('b'));
    await follow(scene, { a: 1, b: 2 });
    await scene.deploy();
    await scene.call('fc-1', ['in-1', 'in-2', 'in-3', 'in-4']);
    expect(placed(scene).slice(0, 3).toSorted()).toEqual(['wo-a plan', 'wo-b plan', 'wo-b plan']);
    expect(placed(scene)[3]).toMatch(/best-fit$/);
    const facts = scene.log.events
      .map((event) => factOf(event as unknown as SchedulerEvent, 0))
      .filter((fact) => fact?.type === 'task-created');
    expect(facts[0]).not.toHaveProperty('couldNotFollow');
    expect(facts[3]).toMatchObject({ couldNotFollow: { because: 'used-up', offerIds: ['a', 'b'] } });
  });

  test("a site's own machine comes first; a plan that is older than the one in force, or stale, counts for nothing", async () => {
    const scene = new SchedulerScene();
    await join(scene, 'wo-a', labels('a'));
    await join(scene, 'wo-own');
    await follow(scene, { a: 4 });
    await follow(scene, { b: 4 }, scene.clock.now() - 1);
    await scene.deploy();
    await scene.call('fc-1', ['in-1']);
    expect(placed(scene)).toEqual(['wo-own own-machine']);
    await scene.clock.advance(60_000);
    await join(scene, 'wo-own');
    await scene.call('fc-2', ['in-2']);
    expect(placed(scene).at(-1)).toBe('wo-own');
  });

  test('a pin is never broken, whatever room there is elsewhere', async () => {
    const scene = new SchedulerScene();
    await join(scene, 'wo-spot', labels('a', { purchase: 'spot' }));
    await join(scene, 'wo-eu', labels('b', { region: 'eu-west-1', geo: 'eu' }));
    await scene.deploy({ placement: { regions: ['us'], preemption: 'refused' } });
    await scene.call('fc-1', ['in-1']);
    expect(placed(scene)).toEqual([]);
    await join(scene, 'wo-us', labels('c'));
    expect(placed(scene)).toEqual(['wo-us']);
  });
});

test('what finds no room is told once it lasts, and its end at once', async () => {
  const scene = new SchedulerScene();
  const told = () =>
    scene.log.events.filter(({ type }) => type.startsWith('room-')).map(({ type, data }) => ({ type, data }));
  await scene.deploy({ resources: { milliCpu: 3_000, memoryMiB: 256, gpus: [] } });
  await scene.call('fc-1', ['in-1', 'in-2']);
  await scene.clock.advance(750);
  expect(told()).toEqual([]);
  await scene.clock.advance(1_000);
  expect(told()).toMatchObject([{ type: 'room-lacked', data: { functionId: 'fu-1', containers: 2 } }]);
  await join(scene, 'wo-a', labels('a'));
  await scene.clock.advance(6_000);
  expect(told().at(-1)).toMatchObject({ type: 'room-lacked', data: { containers: 1 } });
  await join(scene, 'wo-a', labels('a'));
  await join(scene, 'wo-b', labels('b'));
  await scene.clock.advance(500);
  expect(told().at(-1)?.type).toBe('room-found');
});
