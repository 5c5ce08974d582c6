import type { AppId, CallId, FunctionId, InputId, TaskId } from './ids.js';

/** One write of a container's output, or a change of its state. Lines keep their `\r`. */
export type LogEntry = Readonly<
  | {
      kind: 'output';
      at: number;
      stream: 'stdout' | 'stderr' | 'info';
      data: string;
      callId?: CallId;
      inputId?: InputId;
    }
  | {
      kind: 'task-state';
      at: number;
      state: 'assigned' | 'loading-image' | 'starting' | 'active' | 'idle' | 'completed';
    }
>;

/** A message of the stream LOGS, subject `logs.<appId>.<taskId>`; the stream's sequence is the reader's cursor. */
export type LogBatch = Readonly<{
  appId: AppId;
  functionId: FunctionId;
  taskId: TaskId;
  entries: readonly LogEntry[];
}>;

/** The last message of an app's logs, subject `logs.<appId>.app-done`: all its containers are gone. */
export type AppDone = Readonly<{ appId: AppId; done: true; reason: string }>;

export const logSubject = (appId: AppId, taskId: TaskId | 'app-done'): string => `logs.${appId}.${taskId}`;
export const LOGS_STREAM = 'LOGS';

/** A message of the stream DATA_OUT, subject `data-out.<callId>`: what a generator yielded. */
export type DataChunkMessage = Readonly<{
  index: number;
  dataFormat: string;
  data: { inline: string } | { blobId: string };
}>;
export const dataOutSubject = (callId: CallId): string => `data-out.${callId}`;
export const DATA_OUT_STREAM = 'DATA_OUT';
