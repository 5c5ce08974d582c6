import type { RetryPolicy } from '@slipway/contracts';

/** How long the retry after the `retryCount`-th counted run waits: initial × coefficient^n, never above the policy's maximum. */
export const retryDelayMs = (policy: RetryPolicy, retryCount: number): number =>
  Math.min(policy.initialDelayMs * policy.backoffCoefficient ** retryCount, policy.maxDelayMs);
