import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { CallId } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import {
  Asgi,
  DataChunk,
  DataFormat,
  FunctionGetInputsItem,
  FunctionInput,
  GenericResult_GenericStatus as Status,
  type FunctionCallGetDataRequest,
  type FunctionCallPutDataRequest,
  type FunctionPutOutputsItem,
} from '@slipway/protocol';
import { asgiScope } from './asgi-scope.js';
import type { BridgeCall } from './bridge-call.js';
import { awaitWindow } from './await-window.js';
import type { BridgePassage } from './bridge-passage.js';
import { pickle, Tuple } from './pickle.js';

/** A request as the input that the client's runtime takes: `((scope,), {})`, pickled. */
export const inputOfCall = ({ exchange }: BridgeCall): FunctionGetInputsItem => {
  const { asked, request, headers, inputId, callId } = exchange;
  const scope = asgiScope({
    kind: asked.kind,
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers,
  });
  return FunctionGetInputsItem.fromPartial({
    inputId,
    functionCallId: callId,
    input: FunctionInput.fromPartial({
      argsOneof: { $case: 'args', value: pickle(new Tuple([new Tuple([scope]), {}])) },
      dataFormat: DataFormat.PICKLE,
      ...(asked.method !== '' && { methodName: asked.method }),
    }),
  });
};

/** Streams what the app receives, as fast as the container reads. */
export const streamDataIn = async (
  call: BridgeCall,
  stream: ServerWritableStream<FunctionCallGetDataRequest, DataChunk>,
): Promise<void> => {
  let index = stream.request.lastIndex;
  for await (const event of call.events()) {
    await awaitWindow(stream);
    if (stream.cancelled || stream.destroyed) return;
    index += 1;
    const chunk = DataChunk.fromPartial({
      dataFormat: DataFormat.ASGI,
      index,
      dataOneof: { $case: 'data', value: Buffer.from(Asgi.encode({ type: event }).finish()) },
    });
    if (!stream.write(chunk))
      await Promise.race([once(stream, 'drain'), once(stream, 'close'), once(stream, 'cancelled')]);
  }
  stream.end();
};

const readBlob = async (objects: ObjectClient, blobId: string): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of await objects.getBlob(blobId)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Takes what the app sent; settles when there is room for more. */
export const takeDataOut = async (
  bridge: BridgePassage,
  call: BridgeCall,
  objects: ObjectClient,
  { dataChunks }: FunctionCallPutDataRequest,
): Promise<void> => {
  for (const { index, dataOneof } of dataChunks) {
    if (!bridge.isNew(call.exchange.callId as CallId, index)) continue;
    const bytes =
      dataOneof?.$case === 'dataBlobId'
        ? await readBlob(objects, dataOneof.value)
        : (dataOneof?.value ?? Buffer.alloc(0));
    const { type } = Asgi.decode(bytes);
    if (type !== undefined) await call.hear(type);
  }
};

/** Takes outputs that end requests; answers the others. */
export const takeEnds = (
  bridge: BridgePassage,
  outputs: readonly FunctionPutOutputsItem[],
): readonly FunctionPutOutputsItem[] =>
  outputs.filter(
    ({ inputId, result }) => !bridge.end(inputId, result?.status === Status.SUCCESS ? 'success' : 'failure'),
  );
