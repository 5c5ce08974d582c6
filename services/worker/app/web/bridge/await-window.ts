import type { ServerHttp2Stream } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerWritableStream } from '@grpc/grpc-js';

/**
 * The client's runtime takes 64 MiB ahead, over all streams of its connection as on each of them: a body that its app does
 * not read would leave no room for the next input.
 */
const KEPT_FREE_BYTES = 32 * 1024 * 1024;
const BETWEEN_LOOKS_MS = 10;

/** The stream under a call, which gRPC's library keeps to itself. */
export const http2StreamOf = (call: object): ServerHttp2Stream | undefined =>
  (call as Readonly<{ call?: Readonly<{ stream?: ServerHttp2Stream }> }>).call?.stream;

/** Settles when a stream may take more without using up what its connection has for others. */
export const awaitWindow = async (call: ServerWritableStream<unknown, unknown>): Promise<void> => {
  const session = http2StreamOf(call)?.session;
  while (
    session !== undefined &&
    !session.destroyed &&
    !call.cancelled &&
    !call.destroyed &&
    (session.state.remoteWindowSize ?? KEPT_FREE_BYTES) < KEPT_FREE_BYTES
  )
    await pause(BETWEEN_LOOKS_MS);
};
