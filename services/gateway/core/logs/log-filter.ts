import type { CallId, FunctionId, InputId, LogBatch, LogEntry, TaskId } from '@slipway/contracts';

export type LogStream = 'stdout' | 'stderr' | 'info';
export type LogOutput = Extract<LogEntry, { kind: 'output' }>;

/** Which lines a reader wants; what is not named is not asked for. */
export type LogFilter = Readonly<{
  /** A function with all its variants. */
  functionId?: FunctionId;
  /** One variant of a function. */
  variantId?: FunctionId;
  taskId?: TaskId;
  callId?: CallId;
  inputId?: InputId;
  stream?: LogStream;
  searchText?: string;
}>;

export const isFromWanted = (batch: LogBatch, filter: LogFilter): boolean =>
  (filter.functionId === undefined ||
    filter.functionId === batch.functionId ||
    filter.functionId === batch.baseFunctionId) &&
  (filter.variantId === undefined || filter.variantId === batch.functionId) &&
  (filter.taskId === undefined || filter.taskId === batch.taskId);

/** Whether the filter wants something of this output; its text is looked at line by line. */
export const isOutputWanted = (output: LogOutput, filter: LogFilter): boolean =>
  (filter.callId === undefined || filter.callId === output.callId) &&
  (filter.inputId === undefined || filter.inputId === output.inputId) &&
  (filter.stream === undefined || filter.stream === output.stream);

/** Texts of which each must be in a message's JSON if anything in it is wanted: a look at the bytes spares reading it. */
export const textsWithin = ({ callId, inputId, searchText }: LogFilter): readonly string[] =>
  [callId, inputId, searchText].flatMap((text) =>
    text === undefined ? [] : [JSON.stringify(text).slice(1, -1)],
  );

/** Whether the counts that come with a message tell how many of its lines are wanted. */
export const countsByHeader = (filter: LogFilter): boolean =>
  filter.callId === undefined &&
  filter.inputId === undefined &&
  filter.searchText === undefined &&
  filter.variantId === undefined;
