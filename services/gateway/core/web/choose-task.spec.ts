import type { WebTask } from '@slipway/contracts';
import { chooseTask } from './choose-task.js';

const task = (taskId: string, maxRequests = 2): WebTask => ({ taskId, relayUrl: 'http://r', maxRequests });
const tasks = [task('ta-1'), task('ta-2'), task('ta-3')];
const none = new Set<string>();
const load =
  (counts: Readonly<Record<string, number>>) =>
  (taskId: string): number =>
    counts[taskId] ?? 0;

test('the least loaded container is chosen', () => {
  expect(chooseTask(tasks, load({ 'ta-1': 1, 'ta-3': 1 }), none)?.taskId).toBe('ta-2');
});

test('a full container and one that was passed are left out', () => {
  expect(chooseTask(tasks, load({ 'ta-1': 2, 'ta-2': 0, 'ta-3': 1 }), new Set(['ta-2']))?.taskId).toBe(
    'ta-3',
  );
  expect(chooseTask(tasks, load({ 'ta-1': 2, 'ta-2': 2, 'ta-3': 2 }), none)).toBeUndefined();
});

test('requests of one affinity stay with one container, and spread over others by affinity', () => {
  const chosen = (affinity: string): string | undefined =>
    chooseTask(tasks, load({}), none, affinity)?.taskId;
  const session = chosen('user-1');
  expect(chooseTask(tasks.toReversed(), load({ [session!]: 1 }), none, 'user-1')?.taskId).toBe(session);
  const reached = new Set(Array.from({ length: 50 }, (_, index) => chosen(`user-${index}`)));
  expect(reached.size).toBe(3);
});

test('when a container goes, only its own affinities move', () => {
  const left = tasks.slice(1);
  for (let index = 0; index < 50; index += 1) {
    const before = chooseTask(tasks, load({}), none, `user-${index}`)?.taskId;
    if (before !== 'ta-1') expect(chooseTask(left, load({}), none, `user-${index}`)?.taskId).toBe(before);
  }
});
