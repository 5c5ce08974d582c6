import type {
  CapacityCommitments,
  CapacityControlView,
  CapacityLesson,
  CapacityOfferView,
  CapacityPlacements,
  CapacityPlanDetail,
  CapacityPlanSummary,
  DemandGroupView,
  NotFollowed,
  RejectedOffer,
} from '@slipway/contracts';

/** A document as `/v1` shows it: its moments are RFC 3339 texts. */
export type Shown<Document> = Document extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Document extends object
    ? {
        readonly [Name in keyof Document]: Name extends 'at' | 'until' | `${string}At`
          ? string
          : Shown<Document[Name]>;
      }
    : Document;

export type PlanSummaryAnswer = Shown<CapacityPlanSummary>;
export type PlansAnswer = Readonly<{ items: readonly PlanSummaryAnswer[]; nextCursor?: string | null }>;
export type PlanAnswer = Shown<CapacityPlanDetail>;
export type OffersAnswer = Readonly<{
  version: string;
  total: number;
  items: readonly Shown<CapacityOfferView>[];
  nextCursor: string | null;
}>;
export type RejectedAnswer = Readonly<{
  total: number;
  items: readonly RejectedOffer[];
  nextCursor: string | null;
}>;
export type LessonsAnswer = Readonly<{ items: readonly Shown<CapacityLesson>[] }>;
export type DemandAnswer = Readonly<{ items: readonly Shown<DemandGroupView>[] }>;
export type PlacementsAnswer = Shown<Omit<CapacityPlacements, 'notFollowed'>> &
  Readonly<{ items: readonly NotFollowed[] }>;
export type CommitmentsAnswer = Shown<Omit<CapacityCommitments, 'commitments'>> &
  Readonly<{ items: Shown<CapacityCommitments['commitments']> }>;
export type ControlAnswer = Shown<CapacityControlView>;
/** One event: its moment, what it was, and what belongs to it. */
export type EventItem = Readonly<{ position: number; at: string; type: string } & Record<string, unknown>>;
export type EventsAnswer = Readonly<{ items: readonly EventItem[]; nextCursor: string | null }>;
