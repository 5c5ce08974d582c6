import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { bufferWorths } from './buffer-worths.js';

/** What missing buffers are expected to cost, in fractions of a micro-dollar (1/3.6e9): the rarest need is missed first. */
export const bufferFractions = (
  problem: PlanningProblem,
  plan: Plan,
  usual: ReadonlyMap<string, number>,
): bigint => {
  const worthOf = bufferWorths(problem, plan, usual);
  let total = 0n;
  for (const { gpuType, groupIds, missing } of plan.buffers) {
    const pool = problem.forecast.pooledErrors.find(
      (error) => error.gpuType === gpuType && error.groupIds?.join() === groupIds?.join(),
    )!;
    const ladder = worthOf(pool).steps;
    missing.forEach((gpus, period) => {
      let left = Math.round(gpus * 1000);
      for (let step = ladder.length - 1; step >= 0; step--) {
        const some = step === 0 ? left : Math.min(left, Math.round(ladder[step]!.gpus * 1000));
        total += BigInt(ladder[step]!.price) * BigInt(some) * BigInt(plan.periods[period]!.lengthMs);
        left -= some;
      }
    });
  }
  return total;
};
