import type { Instant } from '@slipway/kernel';
import type { CapacityControlView, OfferPin } from '../capacity-control.js';
import type { OfferExplanation, PlanExplanation } from '../capacity-explanations.js';
import type { CapacityOfferView, DemandGroupView, RejectedOffer } from '../capacity-market.js';
import type { CapacityDiff, CapacityPlanDetail, CapacityPlanSummary } from '../capacity-plans.js';
import type { WhatIf, WhatIfAnswer, ReplayedPlan } from '../capacity-what-if.js';
import type { CapacityCommitments, CommittedTo, PlanTerms } from '../capacity-commitments.js';
import type { CapacityEvent } from '../capacity-events.js';
import type { CapacityPast } from '../capacity-past.js';
import type { CapacityHosts, CapacityHostView } from '../capacity-hosts.js';
import type { OfferFilter } from '../offer-filter.js';
import type { CapacityLesson } from '../capacity-lessons.js';
import type { CapacityPlacements } from '../capacity-placements.js';
import type { Ask, Nothing } from './ask.js';

/** Who decided, as it is written down. */
type By = Readonly<{ by: string }>;
/** A plan by its id, or the one that `latest` or `in-force` says. */
type OfPlan = Readonly<{ planId: string }>;

/** What the capacity planner is asked. All of it is for operators of the site. */
export interface CapacityPlannerRequests {
  'capacity-planner.list-offers': Ask<
    Readonly<{ filter: OfferFilter; afterOfferId?: string; limit: number }>,
    Readonly<{ version: string; total: number; offers: readonly CapacityOfferView[] }>
  >;
  'capacity-planner.list-rejected-offers': Ask<
    Readonly<{ limit: number; offset: number }>,
    Readonly<{ version: string; total: number; rejected: readonly RejectedOffer[] }>
  >;
  'capacity-planner.get-demand': Ask<Nothing, Readonly<{ at: Instant; groups: readonly DemandGroupView[] }>>;
  'capacity-planner.get-demand-series': Ask<
    Readonly<{ demandKey: string; since: Instant }>,
    Readonly<{ points: readonly Readonly<{ startsAt: Instant; containers: number }>[] }>
  >;
  /** Who said where the containers of the last hour went, and where the plan could not be followed. */
  'capacity-planner.get-placements': Ask<Nothing, CapacityPlacements>;
  /** What our own starts taught of offers, by their ids. */
  'capacity-planner.list-lessons': Ask<Nothing, Readonly<{ lessons: readonly CapacityLesson[] }>>;
  /** What really happened in a time that is over, as rows of a trace. */
  'capacity-planner.get-recorded-period': Ask<
    Readonly<{ from: Instant; until: Instant; offset: number; limit: number }>,
    Readonly<{ total: number; rows: readonly Readonly<Record<string, unknown>>[] }>
  >;
  /** What happened, the newest first: all of it, or that of a host, of a plan, of `control`, `catalogue` or `failures`. */
  'capacity-planner.list-events': Ask<
    Readonly<{ of?: string; beforePosition?: number; limit: number }>,
    Readonly<{ events: readonly CapacityEvent[]; nextBeforePosition?: number }>
  >;
  /** The hours just past beside their optimum; it is worked out anew meanwhile, where it is old. */
  'capacity-planner.get-past': Ask<Nothing, CapacityPast>;
  /** Hosts that were asked for, those that are not over first, then the newest, and what is held back. */
  'capacity-planner.list-hosts': Ask<Readonly<{ limit: number; cursor?: string }>, CapacityHosts>;
  /** Ends a host whose vendor is asked no more, `at` where it is named, now where not. */
  'capacity-planner.write-off-host': Ask<
    By & Readonly<{ hostId: string; reason: string; at?: Instant }>,
    CapacityHostView
  >;
  /** The newest first. */
  'capacity-planner.list-plans': Ask<
    Readonly<{ limit: number; before?: Readonly<{ madeAt: Instant; planId: string }> }>,
    Readonly<{ plans: readonly CapacityPlanSummary[] }>
  >;
  'capacity-planner.get-plan': Ask<OfPlan, CapacityPlanDetail>;
  'capacity-planner.diff-plan': Ask<OfPlan & Readonly<{ againstPlanId?: string }>, CapacityDiff>;
  /** `without`: offers whose change is left out; they stay as they are for as long as a verdict holds. */
  'capacity-planner.approve-plan': Ask<
    OfPlan & By & Readonly<{ without?: readonly string[] }>,
    CapacityPlanSummary
  >;
  'capacity-planner.reject-plan': Ask<OfPlan & By & Readonly<{ reason: string }>, CapacityPlanSummary>;
  'capacity-planner.get-control': Ask<Nothing, CapacityControlView>;
  'capacity-planner.freeze': Ask<By & Readonly<{ reason: string }>, CapacityControlView>;
  'capacity-planner.resume': Ask<By, CapacityControlView>;
  'capacity-planner.set-guardrails': Ask<
    By & Readonly<{ guardrails: Readonly<Record<string, number>> }>,
    CapacityControlView
  >;
  'capacity-planner.change-guardrails': Ask<
    By & Readonly<{ changes: Readonly<Record<string, number | null>> }>,
    CapacityControlView
  >;
  'capacity-planner.exclude-offers': Ask<
    By & Readonly<{ filter: OfferFilter; reason: string }>,
    CapacityControlView
  >;
  'capacity-planner.end-exclusion': Ask<By & Readonly<{ filter: OfferFilter }>, CapacityControlView>;
  'capacity-planner.pin-offers': Ask<By & OfferPin & Readonly<{ reason: string }>, CapacityControlView>;
  'capacity-planner.end-pin': Ask<By & Readonly<{ filter: OfferFilter }>, CapacityControlView>;
  'capacity-planner.set-floor': Ask<
    By & Readonly<{ demandKey: string; containers: number; note?: string }>,
    CapacityControlView
  >;
  /** What was committed to at vendors, and how much of it is used now. */
  'capacity-planner.list-commitments': Ask<Nothing, CapacityCommitments>;
  /** Without `startsAt` it begins now, or when it was recorded under its name. */
  'capacity-planner.record-commitment': Ask<
    By & Readonly<{ commitment: CommittedTo; startsAt?: Instant }>,
    CapacityCommitments
  >;
  'capacity-planner.remove-commitment': Ask<By & Readonly<{ commitmentId: string }>, CapacityCommitments>;
  /** What terms on offer would save over the plan's horizon. */
  'capacity-planner.plan-terms': Ask<OfPlan, PlanTerms>;
  /** Makes a plan of all that is known now, after one that is being made, and answers it; refused while planning is not possible. */
  'capacity-planner.plan-now': Ask<By, CapacityPlanSummary>;
  'capacity-planner.what-if': Ask<WhatIf, WhatIfAnswer>;
  'capacity-planner.explain-offer': Ask<OfPlan & Readonly<{ offerId: string }>, OfferExplanation>;
  'capacity-planner.explain-plan': Ask<OfPlan, PlanExplanation>;
  'capacity-planner.replay-plan': Ask<OfPlan, ReplayedPlan>;
}
