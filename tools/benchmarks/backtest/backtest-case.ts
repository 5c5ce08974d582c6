import type { CommitmentTerms } from '@slipway/contracts';
import type {
  CostParts,
  OpponentName,
  Outcome,
  Period,
  PlanningPolicy,
  WorldSizeName,
} from '@slipway/capacity-planner-core';

export type WorldName = WorldSizeName | 'public';

export type PolicyName = OpponentName | 'planner';

/** The time that a case is worked out in: made from a seed by the thread, or given whole. */
export type CaseDay =
  Readonly<{ world: WorldName; seed: number; steps: number }> | Readonly<{ period: Period }>;

/** How the planner plans in a case; left out: by its default policy, with its own forecast. */
export type PlannerSettings = Readonly<{
  policy?: PlanningPolicy;
  forecast?: 'own' | 'hindsight';
  commitments?: readonly CommitmentTerms[];
}>;

/** One thing that a thread works out. */
export type BacktestCase = CaseDay &
  (
    | Readonly<{ find: 'outcome'; policy: PolicyName; settings?: PlannerSettings }>
    | Readonly<{ find: 'bound' }>
  );

export type BacktestAnswer =
  | Readonly<{
      find: 'outcome';
      outcome: Outcome;
      parts: CostParts;
      /** What commitments took off the bill, where there are any; the outcome has all hosts at list prices. */
      coveredMicroUsd?: number;
      planning?: PlanningStory;
    }>
  | Readonly<{ find: 'bound'; period: string; boundMicroUsd: number; offers: number; meanGpus: number }>;

/** How the plans of a run were found. */
export type PlanningStory = Readonly<{
  plans: number;
  meanMs: number;
  /** Whose plan won, and how the solver ended, by how often. */
  planners: Readonly<Record<string, number>>;
  endings: Readonly<Record<string, number>>;
  /** What of the fleet plans hold differently with a forecast and prices that are a little wrong: a share for each moment tried. */
  changes: readonly number[];
}>;

export const nameOfCase = (one: BacktestCase): string => {
  const day = 'period' in one ? one.period.name : `${one.world} ${one.seed}`;
  if (one.find === 'bound') return `${day} bound`;
  return `${day} ${one.policy}${one.settings?.forecast === 'hindsight' ? ' with hindsight' : ''}`;
};
