import { setTimeout as pause } from 'node:timers/promises';
import { dataOutSubject, type DataChunkMessage } from '@slipway/contracts';
import type { FunctionCallPutDataRequest } from '@slipway/protocol';
import { JSONCodec } from 'nats';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';
import { fromClientFormat } from './data-formats.js';
import { storePayload } from './payloads.js';

const INLINE_CHUNK_BYTES = 128 * 1024;
const RETRY_PAUSE_MS = 100;
const codec = JSONCodec<DataChunkMessage>();

/** Publishes what a generator yielded, in order; answers when all of it is in the stream. */
export const putDataOut = async (
  host: WorkerHost,
  session: ContainerSession,
  { callInfo, dataChunks }: FunctionCallPutDataRequest,
): Promise<void> => {
  if (callInfo?.$case !== 'functionCallId')
    throw new Error('FunctionCallPutDataOut names no function call; function_call_id must be set');
  const callId = callInfo.value;
  const { taskId, workspaceId } = session.assignment;
  for (const chunk of dataChunks) {
    const data = chunk.dataOneof;
    const message: DataChunkMessage = {
      index: chunk.index,
      dataFormat: fromClientFormat(chunk.dataFormat),
      data:
        data?.$case === 'dataBlobId'
          ? { blobId: data.value }
          : await storePayload(
              host.objects,
              workspaceId,
              data?.value ?? new Uint8Array(),
              INLINE_CHUNK_BYTES,
            ),
    };
    await publish(host, dataOutSubject(callId), message, `${callId}-${taskId}-${chunk.index}`);
  }
};

const publish = async (
  host: WorkerHost,
  subject: string,
  message: DataChunkMessage,
  msgID: string,
): Promise<void> => {
  const { connection } = host.bus;
  for (;;) {
    try {
      await connection.jetstream().publish(subject, codec.encode(message), { msgID });
      return;
    } catch (error) {
      if (connection.isClosed()) throw error;
      await pause(RETRY_PAUSE_MS);
    }
  }
};
