import { setTimeout as pause } from 'node:timers/promises';
import { FACTS_STREAM, factSubject, type FactBatch } from '@slipway/contracts';
import { ensureStreams, type Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';
import { AckPolicy, DeliverPolicy, nanos, type ConsumerMessages } from 'nats';
import { askDemand } from './ask-demand.js';
import type { Demand, DemandNews } from './demand.js';

const RETRY_PAUSE_MS = 1_000;
const FORGOTTEN_AFTER_MS = 60_000;

export type ReadDemandOptions = Readonly<{
  bus: Bus;
  demand: Demand;
  logger: Logger;
  /** Something is wanted that was not, or no longer, or stands where the plan did not say. */
  onNews: (news: DemandNews) => void;
  stopped: AbortSignal;
}>;

/**
 * Folds the scheduler's facts for as long as the process lives. What was read is remembered by the log's own position, so the stream
 * is read from its beginning after each start and each trouble, and what is known is let go by. Where facts are missing, for they
 * are kept for some days only, the scheduler says what is wanted.
 */
export const readDemand = async ({
  bus,
  demand,
  logger,
  onNews,
  stopped,
}: ReadDemandOptions): Promise<void> => {
  const takeAnew = async (because: string): Promise<void> => {
    logger.info({ because }, 'the scheduler is asked what is wanted');
    demand.takeAnew(await askDemand(bus, stopped));
  };
  while (!stopped.aborted && !bus.connection.isClosed()) {
    try {
      const messages = await open(bus, async () => {
        await takeAnew('no facts are kept');
        demand.setReading('caught-up');
      });
      const stop = (): void => messages.stop();
      stopped.addEventListener('abort', stop, { once: true });
      let delivered = 0;
      for await (const message of messages) {
        if (message.info.deliverySequence !== delivered + 1) break;
        delivered += 1;
        const batch = message.json<FactBatch>();
        if (demand.misses(batch)) await takeAnew('facts were dropped before they were read');
        const news = demand.fold(batch);
        if (message.info.pending > 0) continue;
        demand.setReading('caught-up');
        if (news !== undefined) onNews(news);
      }
      stopped.removeEventListener('abort', stop);
    } catch (error) {
      if (!stopped.aborted) logger.warn({ err: error }, 'demand is behind: facts cannot be read now');
    }
    demand.setReading('behind');
    await pause(RETRY_PAUSE_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
};

const open = async (bus: Bus, onNothing: () => Promise<void>): Promise<ConsumerMessages> => {
  await ensureStreams(bus);
  const jetstream = bus.connection.jetstream();
  const { consumers } = await jetstream.jetstreamManager();
  const info = await consumers.add(FACTS_STREAM, {
    filter_subject: factSubject('scheduler'),
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: nanos(FORGOTTEN_AFTER_MS),
  });
  if (info.num_pending === 0) await onNothing();
  return jetstream.consumers
    .getPullConsumerFor(info)
    .consume({ max_messages: 500, abort_on_missing_resource: true });
};
