import { logLines, type LogBatch, type LogEntry } from '@slipway/contracts';
import { isFromWanted, isOutputWanted, type LogFilter, type LogOutput } from '@slipway/gateway-core';
import { TaskLogs, TaskLogsBatch, TaskState } from '@slipway/protocol';
import { DESCRIPTORS } from './file-descriptors.js';

type StateChange = Extract<LogEntry, { kind: 'task-state' }>;

const STATES: Readonly<Record<StateChange['state'], TaskState>> = {
  assigned: TaskState.WORKER_ASSIGNED,
  'loading-image': TaskState.LOADING_IMAGE,
  starting: TaskState.CREATING_CONTAINER,
  active: TaskState.ACTIVE,
  idle: TaskState.IDLE,
  completed: TaskState.COMPLETED,
};

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

/** A write is shown as it came, or, where a text is searched, those of its lines that have it. */
const searched = (output: LogOutput, searchText: string | undefined): readonly LogOutput[] => {
  if (searchText === undefined) return [output];
  const found = logLines(output.data).filter((line) => line.includes(searchText));
  return found.length === 0 ? [] : [{ ...output, data: found.join('') }];
};

/** A container's output as clients read it; undefined where the filter leaves nothing of it. */
export const logBatchOf = (
  batch: LogBatch,
  entryId: string,
  filter: LogFilter,
): TaskLogsBatch | undefined => {
  if (!isFromWanted(batch, filter)) return undefined;
  const wanted = batch.entries.flatMap((entry): readonly LogEntry[] => {
    if (entry.kind !== 'output') return [entry];
    return isOutputWanted(entry, filter) ? searched(entry, filter.searchText) : [];
  });
  if (wanted.length === 0) return undefined;
  return TaskLogsBatch.fromPartial({
    taskId: batch.taskId,
    functionId: batch.functionId,
    rootFunctionId: batch.baseFunctionId ?? batch.functionId,
    entryId,
    items: wanted.map(itemOf),
  });
};

/** Whether these are the last words of their container. */
export const endsTask = ({ entries }: LogBatch): boolean =>
  entries.some((entry) => entry.kind === 'task-state' && entry.state === 'completed');
