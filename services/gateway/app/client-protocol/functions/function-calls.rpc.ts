import { refuse, RefusedError } from '@slipway/kernel';
import type { OutcomeKind } from '@slipway/contracts';
import {
  FunctionCallCountResponse,
  FunctionCallFetchResponse,
  FunctionCallInputInfo,
  FunctionCallInputStatus as Status,
} from '@slipway/protocol';
import { InputList, type InputRow } from '../../store/function-history/input-list.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { functionFamily } from './function-family.js';
import { readTimeRange } from './time-range.js';

type Parts = Pick<RpcParts, 'bus' | 'statistics' | 'variants'>;

const MOST_INPUTS = 1_000;
const MOST_BUCKETS = 100_000;

const STATUS: Readonly<Record<OutcomeKind, Status>> = {
  success: Status.SUCCESS,
  'user-error': Status.FAILURE,
  timeout: Status.TIMEOUT,
  cancelled: Status.TERMINATED,
  'init-failure': Status.INIT_FAILURE,
  'out-of-memory': Status.KERNEL_OOM_KILL,
  'disk-full': Status.FAILURE,
  'host-lost': Status.INTERNAL_FAILURE,
  'platform-error': Status.INTERNAL_FAILURE,
};

const statusOf = ({ outcome, startedAt }: InputRow): Status => {
  if (outcome !== undefined) return STATUS[outcome as OutcomeKind] ?? Status.UNSPECIFIED;
  return startedAt === undefined ? Status.PENDING : Status.RUNNING;
};

const infoOf = (row: InputRow): FunctionCallInputInfo =>
  FunctionCallInputInfo.fromPartial({
    functionCallId: row.callId,
    enqueuedAt: new Date(row.queuedAt),
    status: statusOf(row),
    ...(row.methodName === undefined ? {} : { serviceMethodName: row.methodName }),
    ...(row.taskId === undefined ? {} : { containerId: row.taskId }),
    ...(row.startupMs === undefined ? {} : { startupTimeSeconds: row.startupMs / 1000 }),
    ...(row.startedAt === undefined ? {} : { startedAt: new Date(row.startedAt) }),
    ...(row.startedAt === undefined || row.finishedAt === undefined
      ? {}
      : { executionTimeSeconds: Math.max(0, row.finishedAt - row.startedAt) / 1000 }),
  });

/** The newest inputs of a function, or those of a time, oldest first. */
export const functionCallFetch =
  (parts: Parts): UnaryRpc<'functionCallFetch'> =>
  async ({ functionId, queryOneof, allVariants }, { caller: { workspaceId } }) => {
    const scope = allVariants ? 'with-variants' : 'alone';
    const { functionIds } = await functionFamily(parts, { workspaceId, functionId }, scope);
    if (queryOneof?.$case === 'tail') {
      const limit = Math.min(queryOneof.value.count, MOST_INPUTS);
      const rows = await parts.statistics.read(workspaceId, (connection) =>
        new InputList(connection).newest(functionIds, limit),
      );
      return FunctionCallFetchResponse.fromPartial({ functionCallInputs: rows.map(infoOf) });
    }
    if (queryOneof === undefined)
      throw new RefusedError(refuse('invalid', 'query-missing', 'The request has neither tail nor range.'));
    const { since, until } = readTimeRange(queryOneof.value.since, queryOneof.value.until);
    const limit = Math.min(queryOneof.value.limit || MOST_INPUTS, MOST_INPUTS);
    const rows = await parts.statistics.read(workspaceId, (connection) =>
      new InputList(connection).between(functionIds, since, until, limit),
    );
    return FunctionCallFetchResponse.fromPartial({ functionCallInputs: rows.map(infoOf) });
  };

/** How many inputs a function got in each part of a time; parts without any are left out. */
export const functionCallCount =
  (parts: Parts): UnaryRpc<'functionCallCount'> =>
  async ({ functionId, allVariants, bucketSecs, ...asked }, { caller: { workspaceId } }) => {
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
    const scope = allVariants ? 'with-variants' : 'alone';
    const { functionIds } = await functionFamily(parts, { workspaceId, functionId }, scope);
    const counted = await parts.statistics.read(workspaceId, (connection) =>
      new InputList(connection).count(functionIds, since, until, widthMs),
    );
    return FunctionCallCountResponse.fromPartial({
      buckets: counted.map(({ startsAt, count }) => ({ bucketStartAt: new Date(startsAt), count })),
    });
  };
