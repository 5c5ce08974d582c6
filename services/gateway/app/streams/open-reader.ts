import { randomUUID } from 'node:crypto';
import {
  AckPolicy,
  DeliverPolicy,
  nanos,
  type ConsumerInfo,
  type ConsumerMessages,
  type NatsConnection,
} from 'nats';

/** Where a reader of a stream begins: behind a sequence (0 = at the first message that is kept), or at a moment. */
export type ReaderStart =
  Readonly<{ afterSequence: number; sinceMs?: never }> | Readonly<{ sinceMs: number; afterSequence?: never }>;

export type StreamReader = Readonly<{
  messages: ConsumerMessages;
  /** How many messages were there when it was opened. */
  pending: number;
  close: () => void;
}>;

export type ReaderOptions = Readonly<{
  stream: string;
  subjects: readonly string[];
  start: ReaderStart;
  content?: 'whole' | 'headers';
}>;

/**
 * What is on its way to one of many readers is bounded in bytes. More is asked for when half of it is there: a request must
 * have room for the largest message (a log of control characters makes 1.4 MB), or it is sent in vain for ever.
 */
const MOST_AHEAD_BYTES = 4 * 1024 * 1024;
const FORGOTTEN_AFTER_MS = 60_000;

/** Opens a reader of its own of some subjects, of which nothing is left when it is closed or forgotten. Throws what the bus throws. */
export const openReader = async (
  connection: NatsConnection,
  { stream, subjects, start, content = 'whole' }: ReaderOptions,
): Promise<StreamReader> => {
  const jetstream = connection.jetstream();
  const { consumers } = await jetstream.jetstreamManager();
  const info: ConsumerInfo = await consumers.add(stream, {
    name: `gateway-${randomUUID()}`,
    filter_subjects: [...subjects],
    ack_policy: AckPolicy.None,
    mem_storage: true,
    num_replicas: 1,
    headers_only: content === 'headers',
    inactive_threshold: nanos(FORGOTTEN_AFTER_MS),
    ...deliveryFrom(start),
  });
  const consumer = jetstream.consumers.getPullConsumerFor(info);
  const messages = await consumer.consume({
    max_bytes: MOST_AHEAD_BYTES,
    threshold_bytes: MOST_AHEAD_BYTES / 2,
    abort_on_missing_resource: true,
  });
  return {
    messages,
    pending: info.num_pending,
    close: () => {
      messages.stop();
      void consumer.delete().catch(() => undefined);
    },
  };
};

const deliveryFrom = ({ afterSequence, sinceMs }: ReaderStart) => {
  if (sinceMs !== undefined && sinceMs > 0)
    return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(sinceMs).toISOString() };
  if (afterSequence !== undefined && afterSequence > 0)
    return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: afterSequence + 1 };
  return { deliver_policy: DeliverPolicy.All };
};
