import type { CostParts, OpponentName, Outcome, WorldSizeName } from '@slipway/capacity-planner-core';

export type WorldName = WorldSizeName | 'public';

export type PolicyName = OpponentName | 'planner';

/** One thing that a thread works out. */
export type BacktestCase = Readonly<{ world: WorldName; seed: number; steps: number }> &
  (Readonly<{ find: 'outcome'; policy: PolicyName }> | Readonly<{ find: 'bound' }>);

export type BacktestAnswer =
  | Readonly<{ find: 'outcome'; outcome: Outcome; parts: CostParts; planning?: PlanningStory }>
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

export const nameOfCase = (one: BacktestCase): string =>
  `${one.world} ${one.seed} ${one.find === 'outcome' ? one.policy : one.find}`;
