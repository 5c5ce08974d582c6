import type { LogLine } from '@slipway/gateway-core';
import { AppFetchLogsResponse, TaskLogs, TaskLogsBatch } from '@slipway/protocol';
import { findLogSource } from '../../logs/log-source.js';
import { buildLogLines, isBuildLog } from '../images/build-log-lines.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { DESCRIPTORS } from './file-descriptors.js';
import { readLogFilter } from './read-log-filter.js';
import { readTimeRange } from './read-time-range.js';

/** The client never asks for more. */
const MOST_LINES = 20_000;

/** Lines of the past, the newest of the time asked about: clients go back by asking about an earlier time. */
export const appFetchLogs =
  ({ bus, logHistory }: Pick<RpcParts, 'bus' | 'logHistory'>): UnaryRpc<'appFetchLogs'> =>
  async (request, { caller: { workspaceId }, cancelled }) => {
    const filter = readLogFilter(request, request.source);
    const range = readTimeRange(request.since, request.until, Date.now());
    const limit = Math.min(request.limit || MOST_LINES, MOST_LINES);
    const lines = isBuildLog(request.appId)
      ? (await buildLogLines({ bus }, workspaceId, request.appId, range)).slice(-limit)
      : await logHistory.newest(
          { source: await findLogSource(bus, workspaceId, request.appId, filter), range, cancelled },
          limit,
        );
    return AppFetchLogsResponse.fromPartial({ batches: batchesOf(lines) });
  };

/** Neighbours of one container go in one batch. */
const batchesOf = (lines: readonly LogLine[]): TaskLogsBatch[] => {
  const batches: TaskLogsBatch[] = [];
  for (const { at, stream, data, taskId, functionId, callId, inputId } of lines) {
    if (batches.at(-1)?.taskId !== taskId) batches.push(TaskLogsBatch.fromPartial({ taskId, functionId }));
    batches.at(-1)?.items.push({
      ...NO_ITEM,
      data,
      fileDescriptor: DESCRIPTORS[stream],
      timestamp: at / 1000,
      functionCallId: callId ?? '',
      inputId: inputId ?? '',
    });
  }
  return batches;
};

const NO_ITEM = TaskLogs.create();
