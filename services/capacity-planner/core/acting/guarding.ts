import type { CommitmentTerms, OfferFilter, OfferPin } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { OfferId } from '../catalogue/offer.js';
import type { Guardrails } from '../policy.js';
import type { Change } from './change.js';
import type { Host } from './host.state.js';

/** How old what a plan is made from may be; and what has happened in this cycle already. */
export type Guarding = Readonly<{
  at: Instant;
  planId: string;
  guardrails: Guardrails;
  hosts: readonly Host[];
  /** When prices and demand were last seen as they are. */
  seen: Readonly<{ pricesAt: Instant; forecastAt: Instant }>;
  /** Of a vendor that does not say now which hosts it has: when it last did, 0 for never. */
  awaySince: (vendor: string) => Instant | undefined;
  /** Starts that a plan wants and that are not among the changes, since a person holds them back: nothing is let go for them. */
  awaited?: readonly Change[];
  /** Offers that an operator has left out since the plan was made. */
  excluded?: readonly OfferFilter[];
  /** How many nodes of some offers an operator wants, also since the plan was made. */
  pins?: readonly OfferPin[];
  /** Those that the plan was made with; all of them where it is not said. */
  plannedPins?: readonly OfferPin[];
  /** What is paid for already: caps concern what comes beside it. */
  commitments?: readonly CommitmentTerms[];
  /** Whether the plan was made with the offer at hand: what it could not weigh it cannot have meant to stop. */
  wasWeighed: (offerId: OfferId) => boolean;
  /** Until when an offer is not asked for, after refusals. */
  restsUntil: (offerId: OfferId) => Instant;
}>;
