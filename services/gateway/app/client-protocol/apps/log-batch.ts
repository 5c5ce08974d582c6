import type { LogBatch, LogEntry } from '@slipway/contracts';
import {
  FileDescriptor,
  TaskLogs,
  TaskLogsBatch,
  TaskState,
  type AppGetLogsRequest,
} from '@slipway/protocol';

type Output = Extract<LogEntry, { kind: 'output' }>;
type StateChange = Extract<LogEntry, { kind: 'task-state' }>;

const DESCRIPTORS: Readonly<Record<Output['stream'], FileDescriptor>> = {
  stdout: FileDescriptor.STDOUT,
  stderr: FileDescriptor.STDERR,
  info: FileDescriptor.INFO,
};

const STATES: Readonly<Record<StateChange['state'], TaskState>> = {
  assigned: TaskState.WORKER_ASSIGNED,
  'loading-image': TaskState.LOADING_IMAGE,
  starting: TaskState.CREATING_CONTAINER,
  active: TaskState.ACTIVE,
  idle: TaskState.IDLE,
  completed: TaskState.COMPLETED,
};

/** Which lines a reader wants; '' and UNSPECIFIED stand for all. */
export type LogFilter = Pick<
  AppGetLogsRequest,
  'functionId' | 'taskId' | 'functionCallId' | 'inputId' | 'fileDescriptor' | 'searchText'
>;

const wantsOutput = (filter: LogFilter, entry: Output): boolean =>
  (filter.functionCallId === '' || entry.callId === filter.functionCallId) &&
  (filter.inputId === '' || entry.inputId === filter.inputId) &&
  (filter.fileDescriptor === FileDescriptor.UNSPECIFIED ||
    filter.fileDescriptor === DESCRIPTORS[entry.stream]) &&
  (filter.searchText === '' || entry.data.includes(filter.searchText));

const itemOf = (entry: LogEntry): TaskLogs =>
  TaskLogs.fromPartial(
    entry.kind === 'output'
      ? {
          data: entry.data,
          fileDescriptor: DESCRIPTORS[entry.stream],
          timestamp: entry.at / 1000,
          functionCallId: entry.callId ?? '',
          inputId: entry.inputId ?? '',
        }
      : { taskState: STATES[entry.state], timestamp: entry.at / 1000 },
  );

/** A container's output as clients read it; undefined where the filter leaves nothing of it. */
export const logBatchOf = (
  batch: LogBatch,
  entryId: string,
  filter: LogFilter,
): TaskLogsBatch | undefined => {
  if (filter.functionId !== '' && batch.functionId !== filter.functionId) return undefined;
  if (filter.taskId !== '' && batch.taskId !== filter.taskId) return undefined;
  const wanted = batch.entries.filter((entry) => entry.kind !== 'output' || wantsOutput(filter, entry));
  if (wanted.length === 0) return undefined;
  return TaskLogsBatch.fromPartial({
    taskId: batch.taskId,
    functionId: batch.functionId,
    entryId,
    items: wanted.map(itemOf),
  });
};
