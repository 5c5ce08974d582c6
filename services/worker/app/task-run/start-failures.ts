import type { ExitReason } from '@slipway/contracts';

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

/** Says for what a part was needed when it cannot be had. */
export const failingAs =
  (reason: ExitReason, part: string) =>
  (error: unknown): never => {
    throw new StartFailedError(reason, `${part}: ${error instanceof Error ? error.message : String(error)}`);
  };
