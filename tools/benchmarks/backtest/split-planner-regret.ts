import { splitRegret, type Period, type RegretSplit } from '@slipway/capacity-planner-core';
import type { BacktestAnswer, BacktestCase, PlannerSettings } from './backtest-case.ts';

/** What the planner's run of a period cost and its bound, in micro-USD: known already. */
export type KnownRun = Readonly<{
  period: Period;
  totalMicroUsd: number;
  boundMicroUsd: number;
  settings?: PlannerSettings;
}>;

/** Where the planner's regret comes from: the same period with demand foreknown, then in calm weather, each run beside the run that is known. */
export const splitPlannerRegret = (
  { period, totalMicroUsd, boundMicroUsd, settings = {} }: KnownRun,
  work: (one: BacktestCase) => Promise<BacktestAnswer>,
): Promise<RegretSplit> =>
  splitRegret({
    period,
    run: async (day, forecast) => {
      if (day === period && forecast === 'own') return totalMicroUsd;
      const answer = await work({
        period: day,
        find: 'outcome',
        policy: 'planner',
        settings: { ...settings, forecast },
      });
      if (answer.find !== 'outcome') throw new Error('a run was asked for, and a bound was answered');
      return answer.outcome.totalMicroUsd;
    },
    bound: async (day) => {
      if (day === period) return boundMicroUsd;
      const answer = await work({ period: day, find: 'bound' });
      if (answer.find !== 'bound') throw new Error('a bound was asked for, and a run was answered');
      return answer.boundMicroUsd;
    },
  });
