import { lineCountsOf } from '@slipway/contracts';
import { LineBuckets, type LineBucket, type LogLine, type TimeRange } from '@slipway/gateway-core';
import { accepted } from '@slipway/kernel';
import { AppCountLogsResponse } from '@slipway/protocol';
import { findLogSource } from '../../logs/log-source.js';
import { buildLogLines, isBuildLog } from '../images/build-log-lines.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { readLogFilter } from './read-log-filter.js';
import { readTimeRange } from './read-time-range.js';

/** How many lines there are when: by it a client plans what to fetch. */
export const appCountLogs =
  ({ bus, logHistory }: Pick<RpcParts, 'bus' | 'logHistory'>): UnaryRpc<'appCountLogs'> =>
  async (request, { caller: { workspaceId }, cancelled }) => {
    const { appId, bucketSecs } = request;
    const range = readTimeRange(request.since, request.until, Date.now());
    const filter = readLogFilter(request, request.source);
    const buckets = isBuildLog(appId)
      ? countLines(await buildLogLines({ bus }, workspaceId, appId, range), range, bucketSecs)
      : await logHistory.count(
          { source: await findLogSource(bus, workspaceId, appId, filter), range, cancelled },
          bucketSecs,
        );
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

const countLines = (
  lines: readonly LogLine[],
  range: TimeRange,
  bucketSeconds: number,
): readonly LineBucket[] => {
  const buckets = accepted(LineBuckets.over(range, bucketSeconds));
  for (const ofSecond of lineCountsOf(lines)) buckets.add(ofSecond);
  return buckets.all;
};
