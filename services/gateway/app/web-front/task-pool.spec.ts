import type { TaskId, WebTasks } from '@slipway/contracts';
import { isProblem, TaskPool, type Place } from './task-pool.js';

/** Containers with one place each, all taken; `looks` counts how often somebody asked what one has room for. */
const openFullPool = async (...taskIds: readonly TaskId[]) => {
  let looks = 0;
  const tasks = taskIds.map((taskId) => ({
    taskId,
    relayUrl: 'http://127.0.0.1:1',
    get maxRequests() {
      looks += 1;
      return 1;
    },
  }));
  const found: WebTasks = { revision: 1, proxyAuth: {}, tasks };
  let asked = 0;
  const request = async () => ((asked += 1) === 1 ? found : new Promise(() => undefined));
  const pool = new TaskPool(
    { request: request as never },
    { workspaceId: 'ws-1', functionId: 'fu-1', gatewayId: 'gw-1' },
  );
  await pool.proxyAuth();
  const held = tasks.map(() => pool.tryTake(new Set())!);
  return { pool, held, looks: () => looks };
};

/** Takes a place as soon as there is one. */
const wait = async (pool: TaskPool, passed: readonly TaskId[] = []): Promise<Place> => {
  const { signal } = new AbortController();
  const place = await pool.wait({ passed: new Set(passed), signal });
  if (place === undefined || isProblem(place)) throw new Error('there is no place');
  return place;
};

test('of those who wait, who came first goes first; who passes a container is passed for it', async () => {
  const { pool, held } = await openFullPool('ta-1', 'ta-2');
  const order: string[] = [];
  const note = (name: string) => (place: Place) => void order.push(`${name} in ${place.task.taskId}`);
  const first = wait(pool, ['ta-1']).then(note('first'));
  const second = wait(pool).then(note('second'));
  void wait(pool).then(note('third'));
  held[0]!.giveBack();
  await second;
  held[1]!.giveBack();
  await first;
  expect(order).toEqual(['second in ta-1', 'first in ta-2']);
});

test('a container that said that it is busy is asked by nobody, until one in it leaves or a pause is over', async () => {
  const tasks = ['ta-1', 'ta-2'].map((taskId) => ({
    ...{ taskId, relayUrl: 'http://127.0.0.1:1', maxRequests: 3 },
  }));
  let asked = 0;
  const request = async () =>
    (asked += 1) === 1 ? { revision: 1, proxyAuth: {}, tasks } : new Promise(() => undefined);
  const pool = new TaskPool(
    { request: request as never },
    { workspaceId: 'ws-1', functionId: 'fu-1', gatewayId: 'gw-1' },
  );
  await pool.proxyAuth();
  const taken = () => pool.tryTake(new Set());
  const inside = taken()!;
  const others = [taken()!, taken()!, taken()!];
  others.forEach((place) => place.giveBackRefused());
  expect(taken()).toBeUndefined();
  inside.giveBack();
  const again = taken()!;
  expect(again.task).toBe(inside.task);
  expect(taken()).toBeUndefined();
  again.giveBackRefused();
  expect(taken()).toBeUndefined();
  expect((await wait(pool)).task.taskId).toMatch(/^ta-/);
});

test('what a place that is given back costs does not grow with the crowd that waits', async () => {
  const CROWD = 1_000;
  const { pool, held, looks } = await openFullPool('ta-1');
  const crowd = Array.from({ length: CROWD }, () => wait(pool));
  let place = held[0]!;
  for (const next of crowd) {
    place.giveBack();
    place = await next;
  }
  expect(looks()).toBeLessThan(10 * CROWD);
});

test('of containers that take no more, those are lost whose host is; the others end what they have', async () => {
  const tasks = ['ta-draining', 'ta-lost'].map((taskId) => ({
    ...{ taskId, relayUrl: 'http://127.0.0.1:1', maxRequests: 2 },
  }));
  const stays = new Promise<WebTasks>(() => undefined);
  const lists = [tasks, []].map((listed, revision) => ({ revision, proxyAuth: {}, tasks: listed }));
  const request = async (name: string, { taskId }: { taskId: TaskId }): Promise<unknown> => {
    if (name !== 'scheduler.get-task') return lists.shift() ?? stays;
    return taskId === 'ta-lost' ? { state: 'ended', reason: 'host-lost' } : { state: 'stopping' };
  };
  const pool = new TaskPool(
    { request: request as never },
    { workspaceId: 'ws-1', functionId: 'fu-1', gatewayId: 'gw-1' },
  );
  await pool.proxyAuth();
  const lost: TaskId[] = [];
  const bothPlacesLost = new Promise<void>((resolve) => {
    for (const place of tasks.flatMap(() => [pool.tryTake(new Set())!, pool.tryTake(new Set())!]))
      place.onLost(() => {
        if (lost.push(place.task.taskId) === 2) resolve();
      });
  });
  await bothPlacesLost;
  expect(lost).toEqual(['ta-lost', 'ta-lost']);
});
