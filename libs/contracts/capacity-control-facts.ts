import type { CommitmentTerms } from './capacity-commitments.js';
import type { OfferPin } from './capacity-control.js';
import type { OfferFilter } from './offer-filter.js';

/** What an operator has decided about planning, and who. */
export type CapacityControlFact = Readonly<
  | { type: 'capacity-planning-frozen'; by: string; reason: string }
  | { type: 'capacity-planning-resumed'; by: string }
  /** 0 containers: no floor any more. */
  | { type: 'capacity-floor-set'; demandKey: string; containers: number; by: string; note?: string }
  /** All guardrails that differ from the site's, as they stand from then on. */
  | { type: 'capacity-guardrails-set'; guardrails: Readonly<Record<string, number>>; by: string }
  | { type: 'capacity-offers-excluded'; filter: OfferFilter; by: string; reason: string }
  | { type: 'capacity-exclusion-ended'; filter: OfferFilter; by: string }
  | ({ type: 'capacity-offers-pinned'; by: string; reason: string } & OfferPin)
  | { type: 'capacity-pin-ended'; filter: OfferFilter; by: string }
  /** What was committed to at a vendor, as it stands from then on. */
  | ({ type: 'capacity-commitment-recorded'; by: string } & CommitmentTerms)
  | { type: 'capacity-commitment-removed'; commitmentId: string; by: string }
>;
