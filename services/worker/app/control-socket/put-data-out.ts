import { setTimeout as pause } from 'node:timers/promises';
import { dataOutSubject, type DataChunkMessage } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { FunctionCallPutDataRequest } from '@slipway/protocol';
import { TokenBucket } from '@slipway/worker-core';
import { JSONCodec } from 'nats';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';
import { fromClientFormat } from './data-formats.js';
import { storePayload } from './payloads.js';

const INLINE_CHUNK_BYTES = 128 * 1024;
/** What a message takes in the stream beside what was yielded. */
const MESSAGE_BYTES = 100;
const RETRY_PAUSE_MS = 100;
const SHARE_PAUSE_MS = 50;
const codec = JSONCodec<DataChunkMessage>();

type Clock = Readonly<{ now: () => number; pause: (ms: number) => Promise<unknown> }>;
const CLOCK: Clock = { now: () => performance.now(), pause };

/**
 * Publishes what the generators of a container yield, in order; answers when all of it is in the stream. That stream is one for all:
 * a container that yields more than its share of it waits, for nothing of it may be lost. What one that has ended
 * waits with is dropped: nobody was told that it is in the stream.
 */
export const dataOutOf = (host: WorkerHost, session: ContainerSession, clock = CLOCK) => {
  const share = new TokenBucket(host.config.dataOutRate, clock.now());
  return async ({ callInfo, dataChunks }: FunctionCallPutDataRequest): Promise<void> => {
    const callId = callInfo?.$case === 'functionCallId' ? callInfo.value : '';
    if (!session.inputs.serves(callId)) throw notItsOwn(callId);
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
      while (!share.take(sizeOf(message), clock.now())) {
        if (session.ended.aborted) return;
        await clock.pause(SHARE_PAUSE_MS);
      }
      await publish(host, session, dataOutSubject(callId), message, `${callId}-${taskId}-${chunk.index}`);
    }
  };
};

const notItsOwn = (callId: string): RefusedError =>
  new RefusedError(
    refuse(
      'forbidden',
      'call-not-in-hand',
      `function_call_id is '${callId}', but must be a call of which this container has an input in its hands`,
    ),
  );

const sizeOf = ({ data }: DataChunkMessage): number =>
  MESSAGE_BYTES + ('inline' in data ? data.inline.length : 0);

const publish = async (
  host: WorkerHost,
  session: ContainerSession,
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
      if (session.ended.aborted) return;
      await pause(RETRY_PAUSE_MS);
    }
  }
};
