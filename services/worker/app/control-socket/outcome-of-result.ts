import type { DataFormat, Outcome, OutcomeKind, WorkspaceId } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import { GenericResult_GenericStatus as Status, type GenericResult } from '@slipway/protocol';
import { cutText } from './cut-text.js';
import { storePayload } from './payloads.js';

/** What a text of a failure has of a message at most, in bytes; so much of a pickled traceback too. */
const MOST_TEXT_BYTES = 64 * 1024;

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

/**
 * A container's word on how an input ended, as the mesh says it; large payloads go to the blob-store on the way. Long texts are cut,
 * and a long traceback that is pickled is left out: the client shows the error without the frames of the container then.
 */
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
    ...(result.exception !== '' && { exception: cutText(result.exception, MOST_TEXT_BYTES) }),
    ...(result.traceback !== '' && { traceback: cutText(result.traceback, MOST_TEXT_BYTES) }),
    ...pickledTraceback(result),
  };
};

/** The client reads the frames and their lines of source together, or neither. */
const pickledTraceback = ({
  serializedTb,
  tbLineCache,
}: GenericResult): Pick<Outcome, 'serializedTraceback' | 'tracebackLineCache'> =>
  serializedTb.length === 0 || serializedTb.length + tbLineCache.length > MOST_TEXT_BYTES
    ? {}
    : {
        serializedTraceback: Buffer.from(serializedTb).toString('base64'),
        ...(tbLineCache.length > 0 && { tracebackLineCache: Buffer.from(tbLineCache).toString('base64') }),
      };
