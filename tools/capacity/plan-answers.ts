import type {
  CapacityCommitments,
  CapacityControlView,
  CapacityOfferView,
  CapacityPlanDetail,
  CapacityPlanSummary,
  DemandGroupView,
} from '@slipway/contracts';

/** A document as `/v1` shows it: its moments are RFC 3339 texts. */
type Shown<Document> = Document extends readonly (infer Item)[]
  ? readonly Shown<Item>[]
  : Document extends object
    ? {
        readonly [Name in keyof Document]: Name extends 'at' | 'until' | `${string}At`
          ? string
          : Shown<Document[Name]>;
      }
    : Document;

export type PlanSummaryAnswer = Shown<CapacityPlanSummary>;
export type PlansAnswer = Readonly<{ items: readonly PlanSummaryAnswer[] }>;
export type PlanAnswer = Shown<CapacityPlanDetail>;
export type OffersAnswer = Readonly<{
  version: string;
  total: number;
  items: readonly Shown<CapacityOfferView>[];
}>;
export type DemandAnswer = Readonly<{ items: readonly Shown<DemandGroupView>[] }>;
export type CommitmentsAnswer = Shown<Omit<CapacityCommitments, 'commitments'>> &
  Readonly<{ items: Shown<CapacityCommitments['commitments']> }>;
export type ControlAnswer = Shown<CapacityControlView>;
