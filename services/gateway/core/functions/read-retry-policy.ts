import type { RetryPolicy } from '@slipway/contracts';

export type RetryRequest = Readonly<{
  retries: number;
  backoffCoefficient: number;
  initialDelayMs: number;
  maxDelayMs: number;
}>;

const DEFAULT_DELAY_MS = 1000;
const DEFAULT_MAX_DELAY_MS = 60_000;

export const readRetryPolicy = (request: RetryRequest): RetryPolicy => ({
  retries: request.retries,
  initialDelayMs: request.initialDelayMs || DEFAULT_DELAY_MS,
  backoffCoefficient: request.backoffCoefficient || 1,
  maxDelayMs: request.maxDelayMs || DEFAULT_MAX_DELAY_MS,
});
