import {
  logLines,
  type CallId,
  type FunctionId,
  type InputId,
  type LogBatch,
  type TaskId,
} from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { isFromWanted, isOutputWanted, type LogFilter, type LogStream } from './log-filter.js';

/** One line of a container's output. */
export type LogLine = Readonly<{
  at: Instant;
  stream: LogStream;
  /** With its end, and with the `\r` that are in it. */
  data: string;
  functionId: FunctionId;
  taskId: TaskId;
  callId?: CallId;
  inputId?: InputId;
}>;

export type TimeRange = Readonly<{ since: Instant; until: Instant }>;

const ALWAYS: TimeRange = { since: 0, until: Infinity };

/** The lines of a message that are wanted, in their order. */
export const linesOf = (
  batch: LogBatch,
  filter: LogFilter,
  { since, until } = ALWAYS,
): readonly LogLine[] => {
  if (!isFromWanted(batch, filter)) return [];
  const lines: LogLine[] = [];
  for (const entry of batch.entries) {
    if (entry.kind !== 'output' || entry.at < since || entry.at >= until) continue;
    if (!isOutputWanted(entry, filter)) continue;
    const { at, stream, callId, inputId } = entry;
    const shared = {
      at,
      stream,
      functionId: batch.functionId,
      taskId: batch.taskId,
      ...(callId === undefined ? {} : { callId }),
      ...(inputId === undefined ? {} : { inputId }),
    };
    for (const data of logLines(entry.data))
      if (filter.searchText === undefined || data.includes(filter.searchText))
        lines.push({ ...shared, data: filter.searchText === undefined ? data : copied(data) });
  }
  return lines;
};

/** A slice keeps all of the text that it was cut from in memory; one line that was searched for must not. */
const copied = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
