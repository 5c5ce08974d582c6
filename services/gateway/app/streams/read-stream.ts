import { setTimeout as pause } from 'node:timers/promises';
import { DeliverPolicy, type JsMsg, type NatsConnection } from 'nats';

export type ReadOptions = Readonly<{
  stream: string;
  subject: string;
  /** The stream's sequence after which to begin; 0 = all that is kept. */
  afterSequence: number;
  untilMs: number;
  cancelled: AbortSignal;
}>;

const MOST_AHEAD = 500;
const AWAY_PAUSE_MS = 1_000;

/**
 * The messages of a subject in their order, those to come included, until the time is over or the reader is gone.
 * Where the bus is away it ends early after a pause: whoever reads holds a cursor and comes again.
 */
export async function* readStream(connection: NatsConnection, options: ReadOptions): AsyncIterable<JsMsg> {
  const { stream, subject, afterSequence, untilMs, cancelled } = options;
  if (cancelled.aborted) return;
  const consumer = await connection
    .jetstream()
    .consumers.get(stream, {
      filterSubjects: [subject],
      ...(afterSequence > 0
        ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: afterSequence + 1 }
        : { deliver_policy: DeliverPolicy.All }),
    })
    .catch(() => undefined);
  const messages = await consumer?.consume({ max_messages: MOST_AHEAD }).catch(() => undefined);
  if (consumer === undefined || messages === undefined) {
    await pause(AWAY_PAUSE_MS);
    return;
  }
  const stop = (): void => messages.stop();
  const clock = setTimeout(stop, Math.max(0, untilMs - Date.now()));
  cancelled.addEventListener('abort', stop, { once: true });
  try {
    yield* messages;
  } finally {
    clearTimeout(clock);
    cancelled.removeEventListener('abort', stop);
    messages.stop();
    void consumer.delete().catch(() => undefined);
  }
}
