import type { LogBatch } from '@slipway/contracts';
import { FileDescriptor, TaskState } from '@slipway/protocol';
import type { LogFilter } from '@slipway/gateway-core';
import { endsTask, logBatchOf } from './log-batch.js';

const all: LogFilter = {};
const batch: LogBatch = {
  appId: 'ap-1',
  functionId: 'fu-1',
  taskId: 'ta-1',
  entries: [
    { kind: 'task-state', at: 1000, state: 'active' },
    { kind: 'output', at: 2000, stream: 'stdout', data: '10%\r', callId: 'fc-1', inputId: 'in-1' },
    { kind: 'output', at: 3000, stream: 'stderr', data: 'oh\n' },
  ],
};

test('output keeps its order, its streams and its carriage returns', () => {
  const read = logBatchOf(batch, '7', all);
  expect(read).toMatchObject({ taskId: 'ta-1', functionId: 'fu-1', entryId: '7' });
  expect(
    read?.items.map(({ data, fileDescriptor, timestamp, taskState }) => [
      data,
      fileDescriptor,
      timestamp,
      taskState,
    ]),
  ).toEqual([
    ['', FileDescriptor.UNSPECIFIED, 1, TaskState.ACTIVE],
    ['10%\r', FileDescriptor.STDOUT, 2, TaskState.UNSPECIFIED],
    ['oh\n', FileDescriptor.STDERR, 3, TaskState.UNSPECIFIED],
  ]);
});

test.each([[{ functionId: 'fu-2' }], [{ taskId: 'ta-2' }]])(
  '%j leaves nothing of another container',
  (filter) => {
    expect(logBatchOf(batch, '7', { ...all, ...filter })).toBeUndefined();
  },
);

test('a filter by stream or call keeps the lines that match', () => {
  const lines = (filter: Partial<LogFilter>) =>
    logBatchOf(batch, '7', { ...all, ...filter })?.items.flatMap(({ data }) => (data === '' ? [] : [data]));
  expect(lines({ stream: 'stderr' })).toEqual(['oh\n']);
  expect(lines({ callId: 'fc-1' })).toEqual(['10%\r']);
  expect(lines({ searchText: 'oh' })).toEqual(['oh\n']);
});

test('a container has said all when it says that it is completed', () => {
  expect(endsTask(batch)).toBe(false);
  expect(endsTask({ ...batch, entries: [{ kind: 'task-state', at: 4000, state: 'completed' }] })).toBe(true);
});
