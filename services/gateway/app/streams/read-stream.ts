import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerMessages, JsMsg, NatsConnection } from 'nats';
import { openReader, type ReaderStart } from './open-reader.js';

export type ReadOptions = Readonly<{
  stream: string;
  subjects: readonly string[];
  untilMs: number;
  cancelled: AbortSignal;
}> &
  ReaderStart;

const AWAY_PAUSE_MS = 1_000;

/**
 * The messages of some subjects in their order, those to come included, until the time is over or the reader is gone.
 * Where the bus is away, or a message was lost on the way, it ends early: whoever reads holds a cursor and comes again.
 */
export async function* readStream(connection: NatsConnection, options: ReadOptions): AsyncIterable<JsMsg> {
  const { stream, subjects, untilMs, cancelled, ...start } = options;
  if (cancelled.aborted) return;
  const reader = await openReader(connection, { stream, subjects, start }).catch(() => undefined);
  if (reader === undefined) {
    await pause(AWAY_PAUSE_MS);
    return;
  }
  const { messages } = reader;
  const stop = (): void => messages.stop();
  const clock = Number.isFinite(untilMs) ? setTimeout(stop, Math.max(0, untilMs - Date.now())) : undefined;
  cancelled.addEventListener('abort', stop, { once: true });
  try {
    yield* withoutGap(messages);
  } finally {
    clearTimeout(clock);
    cancelled.removeEventListener('abort', stop);
    reader.close();
  }
}

async function* withoutGap(messages: ConsumerMessages): AsyncIterable<JsMsg> {
  let delivered = 0;
  try {
    for await (const message of messages) {
      if (message.info.deliverySequence !== delivered + 1) return;
      delivered += 1;
      yield message;
    }
  } catch {
    // The consumer is gone with a restarted server.
  }
}
