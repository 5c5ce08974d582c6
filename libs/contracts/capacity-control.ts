import type { Instant } from '@slipway/kernel';
import type { OfferFilter } from './offer-filter.js';

/** What guardrails are called, wherever they are set or shown. */
export const GUARDRAIL_NAMES = [
  'maxSpendMicroUsdPerHour',
  'maxSpendMicroUsdPerDay',
  'maxStartsPerCycle',
  'maxStopsPerCycle',
  'maxChangesPerVendorAndCycle',
  'maxVendorShare',
  'minNonSpotShare',
  'approvalAboveMicroUsdPerHour',
  'maxPriceAgeMs',
  'maxForecastAgeMs',
  'maxFleetAgeMs',
] as const;

export type GuardrailName = (typeof GUARDRAIL_NAMES)[number];

/** What operators have decided about planning, and how it goes. */
export type CapacityControlView = Readonly<{
  mode: 'running' | 'frozen';
  frozen?: Readonly<{ at: Instant; by: string; reason: string }>;
  /** Those that are set, by an operator or by the site. */
  guardrails: Readonly<Partial<Record<GuardrailName, number>>>;
  floors: readonly Readonly<{ demandKey: string; containers: number; by: string; note?: string }>[];
  /** Offers of which nothing more is bought. */
  exclusions: readonly Readonly<{ filter: OfferFilter; at: Instant; by: string; reason: string }>[];
  /** How many nodes of some offers an operator wants held. */
  pins: readonly Readonly<OfferPin & { at: Instant; by: string; reason: string }>[];
  inForcePlanId?: string;
  newestPlanId?: string;
  /** Why the last attempt made no plan, while that is the newest thing that happened. */
  failing?: Readonly<{ at: Instant; because: string }>;
}>;

/** At least, or at most, so many nodes of all offers that match together; until a moment, or until it is taken back. */
export type OfferPin = Readonly<{ filter: OfferFilter; least?: number; most?: number; until?: Instant }>;
