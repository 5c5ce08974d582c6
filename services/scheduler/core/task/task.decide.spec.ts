import type { StopHow } from '@slipway/contracts';
import { endTask, reportReady, requestTaskStop, stopOneTask } from './task.decide.js';
import { evolveTask, type Task } from './task.state.js';

const starting: Task = evolveTask(
  undefined,
  {
    type: 'task-created',
    data: {
      taskId: 'ta-1',
      functionId: 'fu-1',
      appId: 'ap-1',
      workspaceId: 'ws-1',
      workerId: 'wo-1',
      bootId: 'boot-1',
      gpuIndexes: [],
      milliCpu: 500,
      memoryMiB: 256,
    },
  },
  1_000,
);
const stopping = (how: StopHow): Task =>
  evolveTask(starting, { type: 'task-stop-requested', data: { taskId: 'ta-1', how, reason: 'idle' } }, 2_000);
const ended: Task = evolveTask(
  starting,
  { type: 'task-ended', data: { taskId: 'ta-1', reason: 'finished' } },
  3_000,
);

describe('a container', () => {
  test('it becomes ready once, and not while it stops', () => {
    expect(reportReady(starting, { import: 5 })).toMatchObject([{ type: 'task-ready' }]);
    expect(reportReady(stopping('graceful'), {})).toEqual([]);
    expect(reportReady(ended, {})).toEqual([]);
  });

  test('a more urgent stop overrides one that is under way, never the other way round', () => {
    expect(requestTaskStop(stopping('drain'), 'graceful', 'stopped')).toHaveLength(1);
    expect(requestTaskStop(stopping('graceful'), 'drain', 'stopped')).toEqual([]);
    expect(requestTaskStop(stopping('graceful'), 'kill', 'stopped')).toHaveLength(1);
    expect(requestTaskStop(stopping('kill'), 'graceful', 'stopped')).toEqual([]);
    expect(requestTaskStop(stopping('graceful'), 'graceful', 'stopped')).toEqual([]);
    expect(requestTaskStop(stopping('graceful'), 'graceful', 'app-stopped')).toHaveLength(1);
    expect(requestTaskStop(stopping('kill'), 'graceful', 'app-stopped')).toEqual([]);
    expect(requestTaskStop(ended, 'kill', 'stopped')).toEqual([]);
  });

  test('a user stops one: it finishes its inputs, or is interrupted, first the one and then the other', () => {
    expect(stopOneTask(starting, 'drain', 'serve')).toMatchObject([
      { data: { how: 'drain', reason: 'stopped' } },
    ]);
    expect(stopOneTask(stopping('drain'), 'drain', 'serve')).toEqual([]);
    expect(stopOneTask(stopping('drain'), 'graceful', 'serve')).toMatchObject([
      { data: { how: 'graceful', reason: 'stopped' } },
    ]);
  });

  test('a sandbox that a user stops is gone at once, and has nothing to finish', () => {
    expect(stopOneTask(starting, 'graceful', 'sandbox')).toMatchObject([
      { data: { how: 'kill', reason: 'cancelled' } },
    ]);
    expect(stopOneTask(starting, 'drain', 'sandbox')).toMatchObject({ code: 'not-a-function' });
  });

  test('one that was told to stop ended for the reason it was told', () => {
    expect(endTask(stopping('graceful'), { reason: 'finished' })).toMatchObject([
      { data: { reason: 'idle' } },
    ]);
  });

  test('something worse that came first is the reason', () => {
    expect(endTask(stopping('graceful'), { reason: 'out-of-memory' })).toMatchObject([
      { data: { reason: 'out-of-memory' } },
    ]);
  });

  test('it ends once', () => {
    expect(endTask(ended, { reason: 'host-lost' })).toEqual([]);
  });
});
