import type { PlanSummary } from '../decision/plan-decision.events.js';
import type { Plan } from './plan.js';

/** The figures of a plan that lists and facts show. Starts, stops and shortage are those of the first period. */
export const summarizePlan = (
  plan: Plan,
  { inputsHash, catalogueVersion, trigger }: Pick<PlanSummary, 'inputsHash' | 'catalogueVersion' | 'trigger'>,
): PlanSummary => {
  const { solution, cost } = plan;
  return {
    ...{ inputsHash, catalogueVersion, trigger },
    madeAt: plan.madeAt,
    planner: solution.planner,
    solverStatus: solution.solver.status,
    ...(solution.gap === undefined ? {} : { gap: solution.gap }),
    totalMicroUsd: cost.totalMicroUsd,
    paidMicroUsdPerHourBefore: cost.paidMicroUsdPerHourBefore,
    paidMicroUsdPerHourAfter: cost.paidMicroUsdPerHourAfter,
    starts: sum(plan.offers.map(({ starts }) => starts[0] ?? 0)),
    stops: sum(plan.offers.map(({ stops }) => stops[0] ?? 0)),
    shortContainers: Math.round(sum(plan.service.map(({ short }) => short[0] ?? 0)) * 1_000) / 1_000,
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
