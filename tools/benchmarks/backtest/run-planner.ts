import {
  CostWatch,
  CoverWatch,
  defaultPolicy,
  hindsightForecast,
  makePlan,
  planChange,
  plannerPolicy,
  seasonalForecast,
  shaken,
  simulate,
  type CostParts,
  type Outcome,
  type Period,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { PlannerSettings, PlanningStory } from './backtest-case.ts';
import { blockingSolver } from './blocking-solver.ts';

/** The policy that stands where no operator decided otherwise. */
export const judgedPolicy: PlanningPolicy = defaultPolicy;

const count = (into: Record<string, number>, key: string): void => {
  into[key] = (into[key] ?? 0) + 1;
};

/** Hours apart, so that the fleet is another one each time. */
const SHAKEN_EVERY_STEPS = 16;

/** The planner through a period, and how its plans were found; at some moments also how much they hang on what nobody knows exactly. */
export const runPlanner = async (
  period: Period,
  { policy: settings = judgedPolicy, forecast = 'own', commitments = [] }: PlannerSettings = {},
): Promise<
  Readonly<{ outcome: Outcome; parts: CostParts; coveredMicroUsd: number; planning: PlanningStory }>
> => {
  const planners: Record<string, number> = {};
  const endings: Record<string, number> = {};
  const changes = new Map<number, number>();
  let [plans, spentMs] = [0, 0];
  const policy = plannerPolicy({
    name: 'planner',
    policy: settings,
    commitments,
    forecast: forecast === 'own' ? seasonalForecast : hindsightForecast(period),
    plan: async (problem) => {
      const began = performance.now();
      const plan = await makePlan(problem, { solver: blockingSolver }, { compared: false });
      spentMs += performance.now() - began;
      plans += 1;
      count(planners, plan.solution.planner);
      count(endings, plan.solution.solver.status);
      const step = Math.round((problem.at - period.startsAt) / period.stepMs);
      if (forecast === 'own' && step >= period.warmUpSteps && step % SHAKEN_EVERY_STEPS === 0) {
        // As the platform asks: it tells of the plan in force, and a large fleet keeps to it while it is near enough.
        const before = plan.offers.map(({ offerId, nodes }) => ({ offerId, nodes }));
        const other = await makePlan(
          { ...shaken(problem, step), before },
          { solver: blockingSolver },
          { compared: false },
        );
        changes.set(step, planChange(problem, plan, other));
      }
      return plan;
    },
  });
  const costs = new CostWatch(period);
  const cover = new CoverWatch(period, commitments);
  const outcome = await simulate(period, policy, (sight) => {
    costs.watch(sight);
    cover.watch(sight);
  });
  return {
    outcome,
    parts: costs.parts(outcome),
    coveredMicroUsd: cover.coveredMicroUsd,
    planning: {
      plans,
      meanMs: spentMs / Math.max(1, plans),
      planners,
      endings,
      changes: [...changes.values()],
    },
  };
};
