import { BusUnavailableError } from '@slipway/messaging';
import type { JsMsg, NatsConnection } from 'nats';
import { openReader, type ReaderOptions } from './open-reader.js';

export type ScanOptions = Omit<ReaderOptions, 'start'> & Readonly<{ sinceMs: number; untilMs: number }>;

/** When the stream took the message. */
export const storedAt = (message: JsMsg): number => message.info.timestampNanos / 1_000_000;

/** The messages of some subjects that a stream took within a span of time, in their order. Throws BusUnavailableError. */
export async function* scanStream(
  connection: NatsConnection,
  { sinceMs, untilMs, ...options }: ScanOptions,
): AsyncGenerator<JsMsg, void, undefined> {
  const reader = await openReader(connection, { ...options, start: { sinceMs } }).catch((cause: unknown) => {
    throw new BusUnavailableError(options.stream, String(cause));
  });
  try {
    if (reader.pending === 0) return;
    let delivered = 0;
    for await (const message of reader.messages) {
      delivered += 1;
      if (message.info.deliverySequence !== delivered) break;
      if (storedAt(message) >= untilMs) return;
      yield message;
      if (message.info.pending === 0) return;
    }
    throw new BusUnavailableError(options.stream, 'the stream went away while it was read');
  } finally {
    reader.close();
  }
}
