import type { Instant } from './instant.js';

/** An event as it is about to be written: `version` counts the events of one stream from 1, without a gap. */
export type NewEvent = Readonly<{
  stream: string;
  version: number;
  type: string;
  data: unknown;
  at: Instant;
}>;

/** An event as the log holds it: `position` orders all events of one service's log. */
export type StoredEvent = NewEvent & Readonly<{ position: number }>;
