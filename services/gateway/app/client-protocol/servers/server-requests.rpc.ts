import { refuse, RefusedError } from '@slipway/kernel';
import {
  ServerCountRequestsResponse,
  ServerRequestFetchResponse,
  type ServerRequestInfo,
} from '@slipway/protocol';
import { RequestList, type RequestRow } from '../../store/request-history/request-list.js';
import { readTimeRange } from '../functions/time-range.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { requireServer } from './require-server.js';

type Parts = Pick<RpcParts, 'bus' | 'statistics'>;

const MOST_REQUESTS = 1_000;
const MOST_BUCKETS = 100_000;

const infoOf = ({ route, cameAt, taskId, durationMs, status }: RequestRow): ServerRequestInfo => ({
  route,
  timestamp: new Date(cameAt),
  containerId: taskId,
  durationSeconds: durationMs / 1000,
  status,
});

/** The newest requests of a server, or those of a time, oldest first. */
export const serverRequestFetch =
  (parts: Parts): UnaryRpc<'serverRequestFetch'> =>
  async ({ functionId: id, queryOneof }, { caller: { workspaceId } }) => {
    const functionId = await requireServer(parts, { workspaceId, functionId: id });
    if (queryOneof?.$case === 'tail') {
      const { count } = queryOneof.value;
      const rows = await parts.statistics.read(workspaceId, (connection) =>
        new RequestList(connection).newest(functionId, Math.min(count, MOST_REQUESTS)),
      );
      return ServerRequestFetchResponse.fromPartial({ requests: rows.map(infoOf) });
    }
    if (queryOneof === undefined)
      throw new RefusedError(refuse('invalid', 'query-missing', 'The request has neither tail nor range.'));
    const { since, until } = readTimeRange(queryOneof.value.since, queryOneof.value.until);
    const limit = Math.min(queryOneof.value.limit || MOST_REQUESTS, MOST_REQUESTS);
    const rows = await parts.statistics.read(workspaceId, (connection) =>
      new RequestList(connection).between(functionId, since, until, limit),
    );
    return ServerRequestFetchResponse.fromPartial({ requests: rows.map(infoOf) });
  };

/** How many requests a server got in each part of a time; parts without any are left out. */
export const serverCountRequests =
  (parts: Parts): UnaryRpc<'serverCountRequests'> =>
  async ({ functionId: id, bucketSecs, ...asked }, { caller: { workspaceId } }) => {
    const { since, until } = readTimeRange(asked.since, asked.until);
    const widthMs = bucketSecs * 1000;
    if (widthMs <= 0 || (until - since) / widthMs > MOST_BUCKETS)
      throw new RefusedError(
        refuse(
          'invalid',
          'bucket-size',
          `bucket_secs is ${bucketSecs}: it must be 1 or more, and make at most ${MOST_BUCKETS} parts of the range.`,
        ),
      );
    const functionId = await requireServer(parts, { workspaceId, functionId: id });
    const counted = await parts.statistics.read(workspaceId, (connection) =>
      new RequestList(connection).count(functionId, since, until, widthMs),
    );
    return ServerCountRequestsResponse.fromPartial({
      buckets: counted.map(({ startsAt, count }) => ({ bucketStartAt: new Date(startsAt), count })),
    });
  };
