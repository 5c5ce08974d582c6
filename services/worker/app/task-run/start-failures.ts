import type { ExitReason } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';

/** A start that cannot go on, and why the task ends. */
export class StartFailedError extends Error {
  constructor(
    readonly reason: ExitReason,
    message: string,
  ) {
    super(message);
    this.name = 'StartFailedError';
  }
}

/**
 * Says for what a part was needed when it cannot be had. What was refused ends the start for `reason`: another one would be refused,
 * too. Anything else is an outage, and the start is tried again.
 */
export const refusedAs =
  (reason: ExitReason, part: string) =>
  (error: unknown): never => {
    const isFinal = error instanceof RefusedError && error.refusal.refused !== 'unavailable';
    const why = error instanceof Error ? error.message : String(error);
    throw new StartFailedError(isFinal ? reason : 'platform-error', `${part}: ${why}`);
  };
