import type { Instant } from '@slipway/kernel';

/**
 * What hosts cost in the hours just past, and what somebody would have paid for the same demand who had known it, and all prices and
 * outages, beforehand; integers. `unknown`: too little is recorded yet.
 */
export type CapacityPast =
  | Readonly<{
      state: 'known';
      startsAt: Instant;
      endsAt: Instant;
      workedOutAt: Instant;
      costMicroUsd: number;
      /** GPUs, or slots of who needs none, times milliseconds: all that was wanted, and what of it found no room; where it was metered. */
      wantedGpuMs?: number;
      waitedGpuMs?: number;
      /** Hosts, egress, and waits where nothing could be had; fractions of hosts, started in time. */
      boundMicroUsd: number;
      /** What of it was not recorded. */
      notes: readonly string[];
    }>
  | Readonly<{ state: 'unknown' | 'working' }>
  | Readonly<{ state: 'failed'; failedAt: Instant; because: string }>;
