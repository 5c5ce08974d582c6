import { endTask, reportReady, requestTaskStop } from './task.decide.js';
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
const stopping = (how: 'graceful' | 'kill'): Task =>
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
    expect(requestTaskStop(stopping('graceful'), 'kill', 'stopped')).toHaveLength(1);
    expect(requestTaskStop(stopping('kill'), 'graceful', 'stopped')).toEqual([]);
    expect(requestTaskStop(stopping('graceful'), 'graceful', 'stopped')).toEqual([]);
    expect(requestTaskStop(stopping('graceful'), 'graceful', 'app-stopped')).toHaveLength(1);
    expect(requestTaskStop(stopping('kill'), 'graceful', 'app-stopped')).toEqual([]);
    expect(requestTaskStop(ended, 'kill', 'stopped')).toEqual([]);
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
