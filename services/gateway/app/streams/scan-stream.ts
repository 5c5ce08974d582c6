import { BusUnavailableError } from '@slipway/messaging';
import type { JsMsg, NatsConnection } from 'nats';
import { readerLeft } from './fair-turns.js';
import { openReader, type ReaderOptions } from './open-reader.js';

export type ScanOptions = Omit<ReaderOptions, 'start'> &
  Readonly<{ sinceMs: number; untilMs: number; cancelled: AbortSignal }>;

/** When the stream took the message. */
export const storedAt = (message: JsMsg): number => message.info.timestampNanos / 1_000_000;

/**
 * The messages of some subjects that a stream took within a span of time, in their order. Throws BusUnavailableError, and RefusedError
 * when the reader leaves.
 */
export async function* scanStream(
  connection: NatsConnection,
  { sinceMs, untilMs, cancelled, ...options }: ScanOptions,
): AsyncGenerator<JsMsg, void, undefined> {
  if (cancelled.aborted) throw readerLeft();
  const reader = await openReader(connection, { ...options, start: { sinceMs } }).catch((cause: unknown) => {
    throw new BusUnavailableError(options.stream, String(cause));
  });
  const stop = (): void => reader.messages.stop();
  cancelled.addEventListener('abort', stop, { once: true });
  try {
    if (reader.pending === 0) return;
    let delivered = 0;
    if (!cancelled.aborted)
      for await (const message of reader.messages) {
        if (cancelled.aborted) break;
        delivered += 1;
        if (message.info.deliverySequence !== delivered) break;
        if (storedAt(message) >= untilMs) return;
        yield message;
        if (message.info.pending === 0) return;
      }
    if (cancelled.aborted) throw readerLeft();
    throw new BusUnavailableError(options.stream, 'the stream went away while it was read');
  } finally {
    cancelled.removeEventListener('abort', stop);
    reader.close();
  }
}
