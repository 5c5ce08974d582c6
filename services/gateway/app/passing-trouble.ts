import { RefusedError } from '@slipway/kernel';
import { isDatabaseAway } from '@slipway/event-store';
import { BusUnavailableError } from '@slipway/messaging';

/** Whether the same request may succeed in a moment: a service, the bus or the database is away. */
export const isPassingTrouble = (error: unknown): boolean =>
  error instanceof BusUnavailableError ||
  (error instanceof RefusedError && error.refusal.refused === 'unavailable') ||
  isDatabaseAway(error) ||
  (error instanceof Error && isDatabaseAway(error.cause)) ||
  // What fetch throws when the blob-store does not answer.
  (error instanceof TypeError && error.message === 'fetch failed');
