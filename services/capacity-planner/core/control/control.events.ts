import type { CommitmentTerms, OfferFilter, OfferPin } from '@slipway/contracts';
import type { Guardrails } from '../policy.js';

export type PlanningFrozen = { type: 'planning-frozen'; data: { by: string; reason: string } };
export type PlanningResumed = { type: 'planning-resumed'; data: { by: string } };
/** 0 containers: no floor any more. */
export type FloorSet = {
  type: 'floor-set';
  data: { demandKey: string; containers: number; by: string; note?: string };
};
/** The whole guardrails, as they stand from then on; whether it is frozen is said apart. */
export type GuardrailsSet = { type: 'guardrails-set'; data: { guardrails: Limits; by: string } };

/** Nothing more is bought of these offers, until it is taken back. */
export type OffersExcluded = {
  type: 'offers-excluded';
  data: { filter: OfferFilter; by: string; reason: string };
};
export type ExclusionEnded = { type: 'exclusion-ended'; data: { filter: OfferFilter; by: string } };

/** So many nodes of these offers are to be held; it replaces an earlier one of the same offers. */
/** `planId`: of an offer whose change was left out when that plan was approved; it stands beside what operators pin themselves. */
export type OffersPinned = {
  type: 'offers-pinned';
  data: OfferPin & { by: string; reason: string; planId?: string };
};
export type PinEnded = { type: 'pin-ended'; data: { filter: OfferFilter; by: string } };

/** It was made at the vendor: from then on plans count with it. */
export type CommitmentRecorded = {
  type: 'commitment-recorded';
  data: { terms: CommitmentTerms; by: string };
};
export type CommitmentRemoved = { type: 'commitment-removed'; data: { commitmentId: string; by: string } };

/** What an operator limits; what is left out is not limited, or as the policy's default has it. */
export type Limits = Partial<Omit<Guardrails, 'mode'>>;

export type ControlEvent =
  | PlanningFrozen
  | PlanningResumed
  | FloorSet
  | GuardrailsSet
  | OffersExcluded
  | ExclusionEnded
  | OffersPinned
  | PinEnded
  | CommitmentRecorded
  | CommitmentRemoved;
