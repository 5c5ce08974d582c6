import { status, type ServerWritableStream } from '@grpc/grpc-js';
import type { DataChunk, FunctionCallGetDataRequest } from '@slipway/protocol';
import type { BridgePassage } from './bridge-passage.js';
import { streamDataIn } from './bridge-rpcs.js';

/** The rpc by which a container reads what comes in for one request. */
export const serveDataIn =
  (bridge: BridgePassage) =>
  (stream: ServerWritableStream<FunctionCallGetDataRequest, DataChunk>): void => {
    const callId = stream.request.callInfo?.value ?? '';
    const call = bridge.call(callId);
    if (call === undefined) {
      stream.emit('error', { code: status.NOT_FOUND, details: `the request '${callId}' has ended` });
      return;
    }
    streamDataIn(call, stream).catch((error: Error) =>
      stream.emit('error', { code: status.INTERNAL, details: error.message }),
    );
  };
