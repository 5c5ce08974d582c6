import { makePlan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { programOf } from './planner-sizes.ts';
import { solveAlone } from './solve-alone.ts';

export type StoppedEarly = Readonly<{ seconds: number; aboveLp: number; planner: string }>;

/** The plan that is there when planning may last so long only, beside the bound of the divisible program. */
export const stoppedEarly = async (problem: PlanningProblem, timeLimitMs: number): Promise<StoppedEarly> => {
  const { program } = programOf(problem, 'relaxed');
  const { result } = await solveAlone({ program, relativeGap: 0, timeLimitMs: 240_000, duals: 'none' });
  const bound = result.status === 'failed' ? NaN : result.objective * 1e6;
  const limited = {
    ...problem,
    policy: { ...problem.policy, solve: { ...problem.policy.solve, timeLimitMs, relativeGap: 0 } },
  };
  const startedAt = performance.now();
  const plan = await makePlan(limited, {
    solver: { solve: async (request) => (await solveAlone(request)).result },
  });
  return {
    seconds: (performance.now() - startedAt) / 1000,
    aboveLp: plan.cost.totalMicroUsd / bound - 1,
    planner: plan.solution.planner,
  };
};
