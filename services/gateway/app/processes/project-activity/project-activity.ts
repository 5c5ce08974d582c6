import { setTimeout as pause } from 'node:timers/promises';
import { FACTS_STREAM, type FactBatch } from '@slipway/contracts';
import { ensureStreams, type Bus, type LogRetention } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import { AckPolicy, DeliverPolicy, type Consumer } from 'nats';
import type { Activity } from '../../store/activity.js';

const CONSUMER = 'gateway-activity';
const RETRY_PAUSE_MS = 1_000;

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
  await (
    await jetstream.jetstreamManager()
  ).consumers.add(FACTS_STREAM, {
    durable_name: CONSUMER,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    // One at a time keeps the order when a fold fails and comes again.
    max_ack_pending: 1,
  });
  return jetstream.consumers.get(FACTS_STREAM, CONSUMER);
};
