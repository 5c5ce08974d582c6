import type { PooledError } from '../demand/demand-group.js';
import type { BufferPlan, Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { bufferWorths, type BufferStep, type BufferWorth } from './buffer-worths.js';
import { nameOfPool } from './check-buffers.js';

/** A pool that is charged, the thousandths of GPUs that it is charged for by period, and whom it is for. */
type Charged = Readonly<{
  gpuType: string;
  groups: BufferWorth['groups'];
  thousandths: readonly number[];
}>;

/**
 * What missing buffers are expected to cost, in fractions of a micro-dollar (1/3.6e9): the rarest need is missed first. A GPU that is
 * missing of some of a pool's groups alone is charged with them, and with the pool no more.
 */
export const bufferFractions = (
  problem: PlanningProblem,
  plan: Plan,
  usual: ReadonlyMap<string, number>,
): bigint => {
  const worthOf = bufferWorths(problem, plan, usual);
  const planned = Map.groupBy(plan.buffers, nameOfPool);
  const before: Charged[] = [];
  let total = 0n;
  for (const pool of problem.forecast.pooledErrors) {
    const { groups, steps } = worthOf(pool);
    const buffer = steps.length === 0 ? undefined : planned.get(nameOfPool(pool))?.shift();
    if (buffer === undefined) continue;
    const thousandths = chargedOf(pool, groups, buffer, before);
    before.push({ gpuType: pool.gpuType, groups, thousandths });
    total += thousandths.reduce(
      (sum, some, period) => sum + priceOf(steps, some) * BigInt(plan.periods[period]!.lengthMs),
      0n,
    );
  }
  return total;
};

const chargedOf = (
  { gpuType }: PooledError,
  groups: BufferWorth['groups'],
  { missing }: BufferPlan,
  before: readonly Charged[],
): readonly number[] => {
  const inner = before.filter(
    (known) => known.gpuType === gpuType && known.groups.every((group) => groups.includes(group)),
  );
  return missing.map((gpus, period) =>
    inner.reduce(
      (left, { thousandths }) => Math.max(0, left - thousandths[period]!),
      Math.round(gpus * 1000),
    ),
  );
};

const priceOf = (steps: readonly BufferStep[], thousandths: number): bigint => {
  let left = thousandths;
  let price = 0n;
  for (let step = steps.length - 1; step >= 0; step--) {
    const some = step === 0 ? left : Math.min(left, Math.round(steps[step]!.gpus * 1000));
    price += BigInt(steps[step]!.price) * BigInt(some);
    left -= some;
  }
  return price;
};
