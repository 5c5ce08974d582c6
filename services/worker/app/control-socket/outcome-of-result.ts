import type { DataFormat, Outcome, OutcomeKind, WorkspaceId } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import { GenericResult_GenericStatus as Status, type GenericResult } from '@slipway/protocol';
import { storePayload } from './payloads.js';

const kindOf = (status: Status): OutcomeKind => {
  switch (status) {
    case Status.SUCCESS:
      return 'success';
    case Status.TERMINATED:
      return 'cancelled';
    case Status.TIMEOUT:
      return 'timeout';
    case Status.INIT_FAILURE:
      return 'init-failure';
    case Status.KERNEL_OOM_KILL:
    case Status.MEMORY_MANAGER_EVICTION:
    case Status.MEMORY_THRASHING_EVICTION:
      return 'out-of-memory';
    case Status.INTERNAL_FAILURE:
      return 'platform-error';
    case Status.UNSPECIFIED:
    case Status.FAILURE:
    case Status.IDLE_TIMEOUT:
      return 'user-error';
    default:
      return status satisfies never;
  }
};

/** A container's word on how an input ended, as the mesh says it; large payloads go to the blob-store on the way. */
export const outcomeOfResult = async (
  objects: ObjectClient,
  workspaceId: WorkspaceId,
  result: GenericResult,
  dataFormat: DataFormat,
): Promise<Outcome> => {
  const data = result.dataOneof;
  const payload =
    data === undefined
      ? undefined
      : data.$case === 'data'
        ? await storePayload(objects, workspaceId, data.value)
        : { blobId: data.value };
  return {
    kind: kindOf(result.status),
    dataFormat,
    ...(payload !== undefined && { payload }),
    ...(result.exception !== '' && { exception: result.exception }),
    ...(result.traceback !== '' && { traceback: result.traceback }),
    ...(result.serializedTb.length > 0 && {
      serializedTraceback: Buffer.from(result.serializedTb).toString('base64'),
    }),
    ...(result.tbLineCache.length > 0 && {
      tracebackLineCache: Buffer.from(result.tbLineCache).toString('base64'),
    }),
  };
};
