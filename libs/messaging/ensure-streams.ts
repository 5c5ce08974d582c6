import { DATA_OUT_STREAM, FACTS_STREAM, LOGS_STREAM } from '@slipway/contracts';
import { nanos, NatsError, RetentionPolicy, StorageType, type StreamConfig } from 'nats';
import type { Bus } from './bus.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const GIB = 1024 ** 3;

type StreamShape = Pick<StreamConfig, 'name' | 'subjects'> & Partial<StreamConfig>;

const STREAMS: readonly StreamShape[] = [
  // Rebuilt from the logs of record when lost, so an age limit is safe.
  { name: FACTS_STREAM, subjects: ['facts.>'], max_age: nanos(7 * DAY_MS), max_bytes: 2 * GIB },
  { name: LOGS_STREAM, subjects: ['logs.>'], max_age: nanos(7 * DAY_MS), max_bytes: 4 * GIB },
  { name: DATA_OUT_STREAM, subjects: ['data-out.>'], max_age: nanos(DAY_MS), max_bytes: 4 * GIB },
];

/** How long logs are kept, and how much of them: what goes beyond either is dropped, the oldest first. */
export type LogRetention = Readonly<{ days: number; gib: number }>;

/**
 * Creates the streams that are missing and brings the others to their configuration. Safe to run by every service at once.
 * How long logs are kept is said by one service alone, the gateway.
 */
export const ensureStreams = async (bus: Bus, logs?: LogRetention): Promise<void> => {
  const manager = await bus.connection.jetstreamManager();
  for (const shape of STREAMS) {
    const isLogs = shape.name === LOGS_STREAM;
    const config = {
      ...shape,
      ...(isLogs && logs && { max_age: nanos(logs.days * DAY_MS), max_bytes: Math.floor(logs.gib * GIB) }),
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      duplicate_window: nanos(2 * 60 * 1000),
    };
    await manager.streams.add(config).catch(async (error: unknown) => {
      if (!isLogs || logs !== undefined) await manager.streams.update(shape.name, config);
      else if (!(error instanceof NatsError && error.api_error)) throw error;
    });
  }
};
