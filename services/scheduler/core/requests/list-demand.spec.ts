import { demandKeyOf, demandShapeOf, type HostLabels } from '@slipway/contracts';
import { specOf } from '../testing/samples.testing.js';
import { SchedulerScene } from '../testing/scheduler-scene.testing.js';
import { listDemand } from './list-demand.js';

const resources = { milliCpu: 3_000, memoryMiB: 256, gpus: [] };
const demandKey = demandKeyOf(demandShapeOf(specOf({ resources })));
const host = { hostId: 'host-a', offerId: 'a', vendor: 'v', region: 'r' } as HostLabels;
const capacity = { milliCpu: 4_000, memoryMiB: 4_096, gpus: [], runtime: 'runc' } as const;

const lackingOne = async (): Promise<SchedulerScene> => {
  const scene = new SchedulerScene();
  await scene.deploy({ resources });
  await scene.sync([], { workerId: 'wo-a', capacity: { ...capacity, host } });
  await scene.sync([], { workerId: 'wo-own', capacity });
  await scene.call('fc-1', ['in-1', 'in-2', 'in-3']);
  await scene.clock.advance(2_000);
  return scene;
};

test('demand is what runs, what lacks room, and the bought hosts that are there', async () => {
  const scene = await lackingOne();
  const { tasks, lacks, hosts, nextAfter } = await scene.requests['list-demand']({});
  expect(
    tasks.map((task) => ({ ...task, taskId: '' })).toSorted((a, b) => a.workerId.localeCompare(b.workerId)),
  ).toEqual([
    { taskId: '', demandKey, workerId: 'wo-a' },
    { taskId: '', demandKey, workerId: 'wo-own' },
  ]);
  expect(lacks).toEqual([{ functionId: 'fu-1', demandKey, containers: 1 }]);
  expect(hosts).toEqual([{ workerId: 'wo-a', host }]);
  expect(nextAfter).toBeUndefined();
});

test('a worker that is lost is no host, and its containers are over', async () => {
  const scene = await lackingOne();
  await scene.clock.advance(11_000);
  expect(await scene.requests['list-demand']({})).toMatchObject({ tasks: [], hosts: [] });
});

test('containers are listed in parts, each once', async () => {
  const { state } = (await lackingOne()).process;
  const first = listDemand(state, {}, 1);
  expect(first.nextAfter).toBe(first.tasks[0]?.taskId);
  const second = listDemand(state, { after: first.nextAfter! }, 1);
  expect(second.nextAfter).toBeUndefined();
  expect(new Set([...first.tasks, ...second.tasks].map(({ taskId }) => taskId)).size).toBe(2);
});
