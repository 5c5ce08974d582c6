import { setTimeout as pause } from 'node:timers/promises';
import { FACTS_STREAM, type FactBatch } from '@slipway/contracts';
import { ensureStreams, type Bus, type LogRetention } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import { AckPolicy, DeliverPolicy, nanos, NatsError, type Consumer } from 'nats';
import type { Activity } from '../../store/activity.js';

const CONSUMER = 'gateway-activity';
const RETRY_PAUSE_MS = 1_000;
/** Who was killed in the middle of a fold leaves its batch to the next one after this time, and nothing is folded before. */
const ABANDONED_AFTER_MS = 5_000;

export type ProjectActivityOptions = Readonly<{
  bus: Bus;
  activity: Activity;
  logger: Logger;
  logRetention: LogRetention;
}>;

/**
 * Folds the facts of all services into the tables of activity, for as long as the process lives.
 * A message is acknowledged when its transaction is committed; one that comes twice changes nothing.
 */
export const projectActivity = async ({
  bus,
  activity,
  logger,
  logRetention,
}: ProjectActivityOptions): Promise<void> => {
  while (!bus.connection.isClosed()) {
    try {
      const consumer = await openConsumer(bus, logRetention);
      for await (const message of await consumer.consume({
        max_messages: 100,
        abort_on_missing_resource: true,
      })) {
        await activity.fold(message.json<FactBatch>());
        message.ack();
      }
    } catch (error) {
      if (!bus.connection.isClosed())
        logger.warn({ err: error }, 'activity is behind: facts cannot be read now');
    }
    await pause(RETRY_PAUSE_MS);
  }
};

const openConsumer = async (bus: Bus, logRetention: LogRetention): Promise<Consumer> => {
  await ensureStreams(bus, logRetention);
  const jetstream = bus.connection.jetstream();
  const { consumers } = await jetstream.jetstreamManager();
  const settings = {
    // One at a time keeps the order when a fold fails and comes again.
    max_ack_pending: 1,
    ack_wait: nanos(ABANDONED_AFTER_MS),
  };
  await consumers.update(FACTS_STREAM, CONSUMER, settings).catch(async (error: unknown) => {
    if (!isUnknownConsumer(error)) throw error;
    await consumers.add(FACTS_STREAM, {
      ...settings,
      durable_name: CONSUMER,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
    });
  });
  return jetstream.consumers.get(FACTS_STREAM, CONSUMER);
};

const isUnknownConsumer = (error: unknown): boolean =>
  error instanceof NatsError && error.api_error?.code === 404;
