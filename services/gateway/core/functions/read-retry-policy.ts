import type { RetryPolicy } from '@slipway/contracts';

export type RetryRequest = Readonly<{
  retries: number;
  backoffCoefficient: number;
  initialDelayMs: number;
  maxDelayMs: number;
}>;

const DEFAULT_DELAY_MS = 1000;
const DEFAULT_MAX_DELAY_MS = 60_000;

/** Undefined where nothing is to be tried again. */
export const readRetryPolicy = (request: RetryRequest | undefined): RetryPolicy | undefined =>
  request === undefined || request.retries === 0
    ? undefined
    : {
        retries: request.retries,
        initialDelayMs: request.initialDelayMs || DEFAULT_DELAY_MS,
        backoffCoefficient: request.backoffCoefficient || 1,
        maxDelayMs: request.maxDelayMs || DEFAULT_MAX_DELAY_MS,
      };
