import { AppCountLogsResponse } from '@slipway/protocol';
import { findLogSource } from '../../logs/log-source.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { readLogFilter } from './read-log-filter.js';
import { readTimeRange } from './read-time-range.js';

/** How many lines there are when: by it a client plans what to fetch. */
export const appCountLogs =
  ({ bus, logHistory }: Pick<RpcParts, 'bus' | 'logHistory'>): UnaryRpc<'appCountLogs'> =>
  async (request, { caller: { workspaceId } }) => {
    const { appId, bucketSecs } = request;
    const range = readTimeRange(request.since, request.until, Date.now());
    const filter = readLogFilter(request, request.source);
    const source = await findLogSource(bus, workspaceId, appId, filter);
    const buckets = await logHistory.count(source, range, bucketSecs);
    return AppCountLogsResponse.fromPartial({
      appId,
      buckets: buckets.map(({ startsAt, stdout, stderr, info }) => ({
        bucketStartAt: new Date(startsAt),
        stdoutLogs: stdout,
        stderrLogs: stderr,
        systemLogs: info,
      })),
    });
  };
