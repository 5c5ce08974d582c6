import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@slipway/telemetry';

/** Nest's own lines in our log: only what went wrong, for its start-up chatter says nothing. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown) => logger.debug({ nest: message }),
  debug: (message: unknown) => logger.debug({ nest: message }),
  verbose: (message: unknown) => logger.trace({ nest: message }),
  warn: (message: unknown) => logger.warn({ nest: message }),
  error: (message: unknown, ...rest: unknown[]) =>
    logger.error(message instanceof Error ? { err: message } : { nest: message, rest }),
});
