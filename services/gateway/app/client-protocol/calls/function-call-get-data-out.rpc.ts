import {
  DATA_OUT_STREAM,
  dataOutSubject,
  type CallId,
  type DataChunkMessage,
  type DataFormat,
} from '@slipway/contracts';
import { itemTurn } from '@slipway/gateway-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { DataChunk } from '@slipway/protocol';
import { type FunctionCallGetDataRequest } from '@slipway/protocol';
import { readStream } from '../../streams/read-stream.js';
import type { StreamingRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { wireFormat } from './data-format.js';
import { itemsTotal } from './items-total.js';
import type { DataOutReaders } from './data-out-readers.js';

const HELD_OPEN_MS = 55_000;
/** All that a generator yielded is in the stream when it has ended: what does not come at once is not there. */
const QUIET_MS = 500;

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

const itemLost = (callId: CallId, index: number): RefusedError =>
  new RefusedError(
    refuse(
      'lost',
      'generator-item-lost',
      `Item ${index} of call ${callId} is lost: items are kept for a day at most, the oldest go first where there are too ` +
        'many, and this one went before it was read. Call the generator again, and read its items as they come.',
    ),
  );

/**
 * What a generator yields, each index once and in order: a generator that is tried again begins at 1, and what was seen is
 * left out. The client opens the stream again from its last index, so ending it is harmless; it waits for an item for as
 * long as it is not told that it is lost.
 */
export const functionCallGetDataOut = (
  { bus }: Pick<RpcParts, 'bus'>,
  readers: DataOutReaders,
): StreamingRpc<'functionCallGetDataOut'> =>
  async function* (request, call) {
    const callId = callIdOf(request);
    const reader = readers.open(callId, request.lastIndex);
    try {
      const total = await itemsTotal({ bus }, call.caller.workspaceId, callId);
      let allRead = false;
      const messages = readStream(bus.connection, {
        stream: DATA_OUT_STREAM,
        subjects: [dataOutSubject(callId)],
        afterSequence: 0,
        // The next reading begins at the first item again: what came ahead would be read in vain.
        cameAhead: 'handed-on',
        untilMs: Date.now() + HELD_OPEN_MS,
        cancelled: call.cancelled,
        ...(total > reader.lastIndex && { quiet: { ms: QUIET_MS, reached: () => (allRead = true) } }),
      });
      for await (const message of messages) {
        const chunk = message.json<DataChunkMessage>();
        const following = message.info.pending;
        const turn = itemTurn(reader.lastIndex, { index: chunk.index, following });
        if (turn === 'lost') throw itemLost(callId, reader.lastIndex + 1);
        if (turn !== 'next') continue;
        yield chunkOf(chunk);
        readers.advance(callId, reader, chunk.index);
      }
      if (allRead && reader.lastIndex < total) throw itemLost(callId, reader.lastIndex + 1);
    } finally {
      readers.close(callId, reader);
    }
  };
