import { makePlan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { plannedAs } from './planner-sizes.ts';
import { solveAsPlanned, threadSolver } from './solve-alone.ts';

export type StoppedEarly = Readonly<{ seconds: number; aboveLp: number; planner: string }>;

/** The plan that is there when planning may last so long only, beside the bound of the divisible program. */
export const stoppedEarly = async (problem: PlanningProblem, timeLimitMs: number): Promise<StoppedEarly> => {
  const { result } = await solveAsPlanned(plannedAs(problem, 'relaxed'), {
    relativeGap: 0.001,
    timeLimitMs: 300_000,
  });
  const bound = result.status === 'failed' ? NaN : result.bound * 1e6;
  const limited = {
    ...problem,
    policy: { ...problem.policy, solve: { ...problem.policy.solve, timeLimitMs, relativeGap: 0 } },
  };
  const startedAt = performance.now();
  const plan = await makePlan(limited, { solver: threadSolver });
  return {
    seconds: (performance.now() - startedAt) / 1000,
    aboveLp: plan.cost.totalMicroUsd / bound - 1,
    planner: plan.solution.planner,
  };
};
