import { factSubject, FACTS_STREAM, type FactBatch } from '@slipway/contracts';
import type { EventLog } from '@slipway/kernel';
import type { StreamAPI } from 'nats';

/** A message tells of so many events at most. */
export const MOST_TOLD = 1_000;

/** The stream tells what this log never knew: it was restored from a backup, or is another one. */
export class UndoneFactsError extends Error {
  constructor({ service, lastPosition }: FactBatch) {
    super(
      `${FACTS_STREAM} tells of ${service}'s events up to ${lastPosition}, but its log does not know them as they are told: ` +
        `the messages of ${factSubject(service)} are removed, and told anew from the log`,
    );
    this.name = 'UndoneFactsError';
  }
}

/** The newest message of a service's facts; undefined where there is none. */
export const lastTold = async (streams: StreamAPI, service: string): Promise<FactBatch | undefined> => {
  const last = await streams
    .getMessage(FACTS_STREAM, { last_by_subj: factSubject(service) })
    .catch((error: { code?: string; api_error?: { code?: number } }) => {
      if (error.api_error?.code === 404 || error.code === '404') return undefined;
      throw error;
    });
  return last?.json<FactBatch>();
};

/** Whether the log has what the message tells: an event at its last position, and one of the moment of its last fact. */
export const isOfLog = async ({ lastPosition, facts }: FactBatch, log: EventLog): Promise<boolean> => {
  const before = Math.max(0, lastPosition - MOST_TOLD);
  const events = await log.read(before, lastPosition - before);
  return events.at(-1)?.position === lastPosition && events.some((event) => event.at === facts.at(-1)?.at);
};

export const forgetTold = async (streams: StreamAPI, service: string): Promise<void> => {
  await streams.purge(FACTS_STREAM, { filter: factSubject(service) });
};
