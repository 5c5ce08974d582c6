import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AckPolicy,
  DeliverPolicy,
  nanos,
  type Consumer,
  type ConsumerMessages,
  type JsMsg,
  type NatsConnection,
} from 'nats';

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
const FORGOTTEN_AFTER_MS = 60_000;

/**
 * The messages of a subject in their order, those to come included, until the time is over or the reader is gone.
 * Where the bus is away, or a message was lost on the way, it ends early: whoever reads holds a cursor and comes again.
 */
export async function* readStream(connection: NatsConnection, options: ReadOptions): AsyncIterable<JsMsg> {
  const { untilMs, cancelled } = options;
  if (cancelled.aborted) return;
  const consumer = await openConsumer(connection, options).catch(() => undefined);
  const messages = await consumer
    ?.consume({ max_messages: MOST_AHEAD, abort_on_missing_resource: true })
    .catch(() => undefined);
  if (consumer === undefined || messages === undefined) {
    await pause(AWAY_PAUSE_MS);
    return;
  }
  const stop = (): void => messages.stop();
  const clock = setTimeout(stop, Math.max(0, untilMs - Date.now()));
  cancelled.addEventListener('abort', stop, { once: true });
  try {
    yield* withoutGap(messages);
  } finally {
    clearTimeout(clock);
    cancelled.removeEventListener('abort', stop);
    messages.stop();
    void consumer.delete().catch(() => undefined);
  }
}

const openConsumer = async (
  connection: NatsConnection,
  { stream, subject, afterSequence }: ReadOptions,
): Promise<Consumer> => {
  const jetstream = connection.jetstream();
  const name = `gateway-${randomUUID()}`;
  await (
    await jetstream.jetstreamManager()
  ).consumers.add(stream, {
    name,
    filter_subject: subject,
    ack_policy: AckPolicy.None,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: nanos(FORGOTTEN_AFTER_MS),
    ...(afterSequence > 0
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: afterSequence + 1 }
      : { deliver_policy: DeliverPolicy.All }),
  });
  return jetstream.consumers.get(stream, name);
};

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
