import type { Instant } from '@slipway/kernel';
import type { WorkerId } from './ids.js';

/** What others may know of a host that was asked of a vendor; its id is that of the worker that runs on it. */
export type HostFact = Readonly<
  | {
      type: 'capacity-host-asked';
      hostId: WorkerId;
      offerId: string;
      vendor: string;
      region: string;
      planId: string;
      because: string;
    }
  | { type: 'capacity-host-refused'; hostId: WorkerId; code: string; because: string }
  /** The vendor has it: it is paid for from then on. */
  | { type: 'capacity-host-accepted'; hostId: WorkerId; billedFrom: Instant }
  | { type: 'capacity-host-joined'; hostId: WorkerId }
  | { type: 'capacity-host-repriced'; hostId: WorkerId; from: Instant; priceMicroUsdPerNodeHour: number }
  | { type: 'capacity-host-drain-begun'; hostId: WorkerId; planId: string; because: string }
  /** Its drain was taken back. */
  | { type: 'capacity-host-kept'; hostId: WorkerId; planId: string }
  | { type: 'capacity-host-preemption-noticed'; hostId: WorkerId; takenAt: Instant }
  | { type: 'capacity-host-stop-asked'; hostId: WorkerId; because: string }
  /** It is paid for until `endedAt`; `how`: stopped, never-joined, lost, preempted, or written-off `by` an operator. */
  | {
      type: 'capacity-host-ended';
      hostId: WorkerId;
      how: string;
      endedAt: Instant;
      because: string;
      by?: string;
    }
  /** A host at a vendor with our mark that the ledger did not know; it is stopped. */
  | { type: 'capacity-orphan-found'; hostId: WorkerId; offerId: string; vendor: string; billedFrom: Instant }
  /** Ledger, vendor and workers disagree about it, as a vendor or the workers showed. */
  | { type: 'capacity-drift-found'; hostId: WorkerId; kind: string; seenBy: string; because: string }
  | { type: 'capacity-drift-ended'; hostId: WorkerId; kind: string; seenBy: string }
>;
