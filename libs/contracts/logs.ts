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

/** A message of the stream LOGS; the stream's sequence is the reader's cursor. */
export type LogBatch = Readonly<{
  appId: AppId;
  functionId: FunctionId;
  /** The function whose variant `functionId` is; the same where nothing was bound. */
  baseFunctionId?: FunctionId;
  taskId: TaskId;
  entries: readonly LogEntry[];
}>;

/** The last message of an app's logs: all its containers are gone. */
export type AppDone = Readonly<{ appId: AppId; done: true; reason: string }>;

export const LOGS_STREAM = 'LOGS';
/** One subject for each container, so that its words, or those of a function, are read without the others'. */
export const logSubject = ({
  appId,
  baseFunctionId,
  taskId,
}: Readonly<{ appId: AppId; baseFunctionId: FunctionId; taskId: TaskId }>): string =>
  `logs.${appId}.${baseFunctionId}.${taskId}`;
export const appDoneSubject = (appId: AppId): string => `logs.${appId}.app-done`;
/** The subjects of an app's log, or of the part of it that one function or container wrote. */
export const logSubjects = (
  appId: AppId,
  { baseFunctionId, taskId }: Readonly<{ baseFunctionId?: FunctionId; taskId?: TaskId }> = {},
): string => {
  if (taskId !== undefined) return `logs.${appId}.*.${taskId}`;
  return `logs.${appId}.${baseFunctionId === undefined ? '' : `${baseFunctionId}.`}>`;
};

/** A message of the stream DATA_OUT, subject `data-out.<callId>`: what a generator yielded. */
export type DataChunkMessage = Readonly<{
  index: number;
  dataFormat: string;
  data: { inline: string } | { blobId: string };
}>;
export const dataOutSubject = (callId: CallId): string => `data-out.${callId}`;
export const DATA_OUT_STREAM = 'DATA_OUT';
