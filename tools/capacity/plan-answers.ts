/** What `/v1/capacity` answers, as far as the command line shows it; moments are RFC 3339 texts. */
export type PlanSummaryAnswer = Readonly<{
  planId: string;
  madeAt: string;
  state: string;
  trigger: string;
  planner: string;
  solverStatus: string;
  gap?: number;
  solveMs: number;
  totalMicroUsd: number;
  paidMicroUsdPerHourBefore: number;
  paidMicroUsdPerHourAfter: number;
  starts: number;
  stops: number;
  shortContainers: number;
}>;

export type PlansAnswer = Readonly<{ items: readonly PlanSummaryAnswer[] }>;

export type PlanAnswer = PlanSummaryAnswer &
  Readonly<{
    solverBecause?: string;
    /** Every planner that was asked, by the same evaluator. */
    candidates: readonly Readonly<{ planner: string; totalMicroUsd: number }>[];
    periods: readonly Readonly<{ lengthMs: number }>[];
    offers: readonly Readonly<{ offerId: string; nodesNow: number; nodes: readonly number[] }>[];
    service: readonly Readonly<{
      groupId: string;
      wanted: readonly number[];
      served: readonly number[];
      late: readonly number[];
      short: readonly number[];
    }>[];
    slacks: readonly Readonly<{
      name: string;
      subject: string;
      amount: number;
      unit: string;
      costMicroUsd: number;
    }>[];
  }>;

export type ChangeAnswer = Readonly<{
  action: string;
  offerId: string;
  nodesBefore: number;
  nodesAfter: number;
  microUsdPerHour: number;
  because: string;
}>;

export type DiffAnswer = Readonly<{
  planId: string;
  againstPlanId?: string;
  changes: readonly ChangeAnswer[];
  microUsdPerHourBefore: number;
  microUsdPerHourAfter: number;
}>;

export type OutcomeAnswer = Readonly<{
  totalMicroUsd: number;
  paidMicroUsdPerHour: number;
  shortContainers: number;
  lateContainers: number;
  nodes: number;
  gap?: number;
  planner: string;
}>;

export type WhatIfAnswer = Readonly<{
  basePlanId: string;
  base: OutcomeAnswer;
  changed: OutcomeAnswer;
  changes: readonly ChangeAnswer[];
}>;

export type ReplayAnswer = Readonly<{
  planId: string;
  identical: boolean;
  before: OutcomeAnswer;
  now: OutcomeAnswer;
  changes: readonly ChangeAnswer[];
}>;

export type OffersAnswer = Readonly<{
  version: string;
  total: number;
  items: readonly Readonly<{
    offerId: string;
    gpuType: string;
    gpuCount: number;
    vcpus: number;
    memoryMiB: number;
    priceMicroUsdPerNodeHour: number;
    leadMs: number;
    preemptionsPerNodeHour: number;
    pricedAt: string;
    source: string;
  }>[];
}>;

export type DemandAnswer = Readonly<{
  items: readonly Readonly<{
    demandKey: string;
    floorContainers: number;
    wanted: Readonly<{ bought: number; own: number; lacking: number }>;
    forecast: readonly Readonly<{ expectedContainers: number }>[];
  }>[];
}>;

export type ControlAnswer = Readonly<{
  mode: string;
  frozen?: Readonly<{ at: string; by: string; reason: string }>;
  guardrails: Readonly<Record<string, number | string>>;
  floors: readonly Readonly<{ demandKey: string; containers: number; by: string }>[];
  inForcePlanId?: string;
  newestPlanId?: string;
  failing?: Readonly<{ at: string; because: string }>;
}>;

export type ExplainAnswer = Readonly<{
  offerId: string;
  verdict: string;
  nodesNow: number;
  nodes: number;
  listMicroUsdPerNodeHour: number;
  qualityMicroUsdPerNodeHour: number;
  preemptionMicroUsdPerNodeHour: number;
  serves: readonly Readonly<{ demandKey: string; containers: number }>[];
  alternatives: readonly Readonly<{
    offerId: string;
    effectiveMicroUsdPerSlotHour: number;
    nodes: number;
    atCap: boolean;
  }>[];
  turnsAtMicroUsdPerNodeHour?: number;
  because: string;
}>;

export type ExplainPlanAnswer = Readonly<{
  planId: string;
  binding: readonly Readonly<{ name: string; subject: string; unit: string; savesMicroUsdPerHour: number }>[];
  marginal: readonly Readonly<{
    groupId: string;
    microUsdPerContainerHour: number;
    microUsdPerGpuHour: number;
  }>[];
  without?: string;
  choices: readonly Readonly<{
    offerId: string;
    nodes: number;
    effectiveMicroUsdPerGpuHour: number;
    runnerUp?: Readonly<{ offerId: string; dearerMicroUsdPerGpuHour: number; keptOutBy: readonly string[] }>;
  }>[];
}>;
