/**
 * What a planner decides, before it is scored: nodes by unit and period, and containers served by pair and period. Everything else
 * of a plan follows from these.
 */
export type Draft = Readonly<{ nodes: readonly Float64Array[]; served: readonly Float64Array[] }>;
