/** Why an offer was bought or not. Prices are integers per node and hour, unless they say otherwise. */
export type OfferExplanation = Readonly<{
  offerId: string;
  verdict: 'bought' | 'not-bought' | 'of-no-use';
  nodesNow: number;
  nodes: number;
  /** From the list price to what the plan counts: what slowness and failures add, and what preemptions do. */
  listMicroUsdPerNodeHour: number;
  qualityMicroUsdPerNodeHour: number;
  preemptionMicroUsdPerNodeHour: number;
  serves: readonly Readonly<{ demandKey: string; containers: number }>[];
  /** Who could serve the same groups in the same way, the cheapest first; a slot is a GPU, or a share of a node of CPUs. */
  alternatives: readonly Readonly<{
    offerId: string;
    effectiveMicroUsdPerSlotHour: number;
    nodes: number;
    atCap: boolean;
  }>[];
  /** What stands against one node more, be it bought or not. */
  obstacles: readonly Readonly<{ rule: string; because: string }>[];
  /** Its price has jumped, now: it goes on with the former one until the other was said often enough. */
  doubted?: Readonly<{
    formerMicroUsdPerNodeHour: number;
    saidMicroUsdPerNodeHour: number;
    timesSaid: number;
  }>;
  /** The groups that accept its GPU: those that could use it first. */
  groups: readonly Readonly<{
    demandKey: string;
    wanted: number;
    short: number;
    /** Why its containers may not stand there; left out where they may. */
    because?: string;
    /** What one container would cost there, on a full node, with what it pulls and its risk. */
    microUsdPerContainerHour?: number;
    /** Where the plan has them, and what one costs there. */
    standsOn: readonly Readonly<{ offerId: string; containers: number; microUsdPerContainerHour: number }>[];
  }>[];
  /** The list price at which the choice would turn. */
  turnsAtMicroUsdPerNodeHour?: number;
  because: string;
}>;

/** What rules cost a plan and what one container more of a group would; prices are integers, per hour of the first period. */
export type PlanExplanation = Readonly<{
  planId: string;
  /** What one unit more of a rule would save. */
  binding: readonly Readonly<{ name: string; subject: string; unit: string; savesMicroUsdPerHour: number }>[];
  marginal: readonly Readonly<{
    groupId: string;
    gpuTypes: readonly string[];
    microUsdPerContainerHour: number;
    microUsdPerGpuHour: number;
  }>[];
  /** What one GPU more of a type would cost, for a batch job that may stand anywhere: by priority, on nodes of any kind or on firm ones alone. */
  gpus: readonly Readonly<{
    gpuType: string;
    priority: 'standard' | 'high';
    standsOn: 'any' | 'firm';
    microUsdPerGpuHour: number;
  }>[];
  /** Of these prices, how many were left out, none where it is not said; and why: no time, or the solver failed. */
  notPriced?: number;
  notPricedBecause?: string;
  /** What a pin or a floor costs, the dearest first: what the plan would save without it, per hour of the horizon. */
  worths: readonly Readonly<{
    groupId: string;
    rule: 'vendors' | 'regions' | 'geos' | 'firm-only' | 'floor';
    value: string;
    savesMicroUsdPerHour: number;
  }>[];
  /** How many pins and floors were not weighed; and why: no time, or the solver failed. */
  notWeighed: number;
  notWeighedBecause?: string;
  /** Why there are no such prices, or not all of them. */
  without?: string;
  /** The offers that are held, each with the one that would be held in its place. */
  choices: readonly Readonly<{
    offerId: string;
    nodes: number;
    effectiveMicroUsdPerGpuHour: number;
    runnerUp?: Readonly<{
      offerId: string;
      dearerMicroUsdPerGpuHour: number;
      flipsAtMicroUsdPerNodeHour?: number;
      keptOutBy: readonly string[];
    }>;
  }>[];
}>;
