import { DATA_OUT_STREAM, FACTS_STREAM, LOGS_STREAM } from '@slipway/contracts';
import { nanos, RetentionPolicy, StorageType, type StreamConfig } from 'nats';
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

/** Creates the streams that are missing and brings the others to their configuration. Safe to run by every service at once. */
export const ensureStreams = async (bus: Bus): Promise<void> => {
  const manager = await bus.connection.jetstreamManager();
  for (const shape of STREAMS) {
    const config = {
      ...shape,
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      duplicate_window: nanos(2 * 60 * 1000),
    };
    await manager.streams.add(config).catch(() => manager.streams.update(shape.name, config));
  }
};
