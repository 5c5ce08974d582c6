import {
  DATA_OUT_STREAM,
  dataOutSubject,
  type CallId,
  type DataChunkMessage,
  type DataFormat,
} from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { DataChunk } from '@slipway/protocol';
import { type FunctionCallGetDataRequest } from '@slipway/protocol';
import { readStream } from '../../streams/read-stream.js';
import type { StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { wireFormat } from './data-format.js';
import type { DataOutReaders } from './data-out-readers.js';

const HELD_OPEN_MS = 55_000;

const callIdOf = ({ callInfo }: FunctionCallGetDataRequest): CallId => {
  if (callInfo?.$case === 'functionCallId') return callInfo.value;
  throw new RefusedError(refuse('invalid', 'call-missing', 'The request has no function_call_id.'));
};

const chunkOf = ({ index, dataFormat, data }: DataChunkMessage): DataChunk => ({
  index,
  dataFormat: wireFormat(dataFormat as DataFormat),
  dataOneof:
    'inline' in data
      ? { $case: 'data', value: Buffer.from(data.inline, 'base64') }
      : { $case: 'dataBlobId', value: data.blobId },
});

/**
 * What a generator yields, each index once and in order: a generator that is tried again begins at 1,
 * and what was seen is left out. The client opens the stream again from its last index, so ending it is harmless.
 */
export const functionCallGetDataOut = (
  { bus }: Pick<RpcParts, 'bus'>,
  readers: DataOutReaders,
): StreamingRpc<'functionCallGetDataOut'> =>
  async function* (request, call) {
    const callId = callIdOf(request);
    const reader = readers.open(callId, request.lastIndex);
    try {
      await bus.request('scheduler.get-call', { workspaceId: call.caller.workspaceId, callId });
      const messages = readStream(bus.connection, {
        stream: DATA_OUT_STREAM,
        subjects: [dataOutSubject(callId)],
        afterSequence: 0,
        untilMs: Date.now() + HELD_OPEN_MS,
        cancelled: call.cancelled,
      });
      for await (const message of messages) {
        const chunk = message.json<DataChunkMessage>();
        if (chunk.index <= reader.lastIndex) continue;
        yield chunkOf(chunk);
        readers.advance(callId, reader, chunk.index);
      }
    } finally {
      readers.close(callId, reader);
    }
  };
