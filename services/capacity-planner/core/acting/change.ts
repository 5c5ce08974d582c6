import type { Offer, OfferId } from '../catalogue/offer.js';
import type { Host } from './host.state.js';

/**
 * One line of what a plan changes now. `start` asks for a node; `convert` lets a draining host serve again, in place of a start;
 * `drain` empties a host before it is stopped; `stop` gives back one that holds nothing.
 */
export type Change = Readonly<{
  /** For people: what the line follows from. */
  because: string;
  /** What it adds to the hourly bill; negative for a saving. */
  microUsdPerHour: number;
}> &
  (
    | Readonly<{ action: 'start'; offer: Offer }>
    | Readonly<{ action: 'convert' | 'drain' | 'stop'; host: Host }>
  );

/** A line that is not carried out now, and what holds it. */
export type HeldChange = Readonly<{ change: Change; heldBy: HoldingRule; because: string }>;

export type HoldingRule =
  | 'approval'
  | 'frozen'
  | 'stale'
  | 'vendor-away'
  | 'excluded'
  | 'pinned'
  | 'unknown-offer'
  | 'make-before-break'
  | 'backoff'
  | 'spend-per-hour'
  | 'spend-per-day'
  | 'starts-per-cycle'
  | 'stops-per-cycle'
  | 'vendor-changes-per-cycle';

export const vendorOf = (change: Change): string =>
  change.action === 'start' ? change.offer.vendor : change.host.vendor;

export const changedOfferId = (change: Change): OfferId =>
  change.action === 'start' ? change.offer.offerId : change.host.offerId;
