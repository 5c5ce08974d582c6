import type { WorkerId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { OfferBilling, OfferId, PurchaseOption } from '../catalogue/offer.js';

/** One host for one life: ours from the moment we ask for it. It is also the id of the worker that runs on it. */
export type HostId = WorkerId;

/** `h-` and six random bytes; vendors' accounts have machines of others too, some of which begin alike. */
export const hostIdFrom = (randomHex: string): HostId => `h-${randomHex}`;
export const isHostId = (name: string): boolean => /^h-[0-9a-f]{12}$/.test(name);

/** What we asked a vendor for, and what we pay by. */
export type HostOrder = Readonly<{
  hostId: HostId;
  offerId: OfferId;
  vendor: string;
  region: string;
  zone: string;
  geo: string;
  instanceType: string;
  purchase: PurchaseOption;
  gpuType: string;
  gpuCount: number;
  billing: OfferBilling;
  /** Until its worker joins, as its offer said when it was asked for; unknown of what we did not ask for. */
  leadMs?: number;
}>;

/** Why a vendor said no. All but `unreachable` teach a cap: that is a request that was lost. */
export const REFUSAL_CODES = ['no-capacity', 'quota', 'not-offered', 'not-allowed', 'unreachable'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** How a host's life ended: by us, at its start, without a word, taken back by its vendor, or by an operator's word alone. */
export const HOST_ENDS = ['stopped', 'never-joined', 'lost', 'preempted', 'written-off'] as const;
export type HostEnd = (typeof HOST_ENDS)[number];

export type HostAsked = { type: 'host-asked'; data: HostOrder & { planId: string; because: string } };
export type HostRefused = {
  type: 'host-refused';
  data: { hostId: HostId; code: RefusalCode; because: string };
};
/** The vendor has it: it is paid for from `billedFrom` on. */
export type HostAccepted = {
  type: 'host-accepted';
  data: { hostId: HostId; vendorHostId: string; billedFrom: Instant };
};
/** Its worker takes containers. */
export type HostJoined = { type: 'host-joined'; data: { hostId: HostId } };
export type HostRepriced = {
  type: 'host-repriced';
  data: { hostId: HostId; from: Instant; priceMicroUsdPerNodeHour: number };
};
export type HostDrainBegun = {
  type: 'host-drain-begun';
  data: { hostId: HostId; planId: string; because: string };
};
/** A drain taken back: it serves again, which is cheaper than another start. */
export type HostKept = { type: 'host-kept'; data: { hostId: HostId; planId: string } };
export type HostPreemptionNoticed = {
  type: 'host-preemption-noticed';
  data: { hostId: HostId; takenAt: Instant };
};
/** `planId`: the plan that lets it go, where one does; `overdue`: no worker joined from it in its time, so it is a start that failed. */
export type HostStopAsked = {
  type: 'host-stop-asked';
  data: { hostId: HostId; because: string; planId?: string; overdue?: true };
};
/** It is paid for until `endedAt`, and never again. `by`: of one that was written off, who did. */
export type HostEnded = {
  type: 'host-ended';
  data: { hostId: HostId; how: HostEnd; endedAt: Instant; because: string; by?: string };
};
/** A host at a vendor with our mark that this ledger did not know: paid for, and to be stopped. */
export type OrphanFound = {
  type: 'orphan-found';
  data: HostOrder & { vendorHostId: string; billedFrom: Instant };
};

export type HostEvent =
  | HostAsked
  | HostRefused
  | HostAccepted
  | HostJoined
  | HostRepriced
  | HostDrainBegun
  | HostKept
  | HostPreemptionNoticed
  | HostStopAsked
  | HostEnded
  | OrphanFound;
