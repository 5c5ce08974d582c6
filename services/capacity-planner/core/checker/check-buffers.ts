import type { PooledError } from '../demand/demand-group.js';
import type { BufferPlan, Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { bufferPools, type BufferPool } from './buffer-pools.js';
import { countIdle, type Idle } from './count-idle.js';
import type { OfferUses } from './offer-uses.js';
import { thousandths } from './thousandths.js';

/** So little is no thousandth more. */
const NOISE = 1e-6;
/** Sums of the same fractions in another order differ by less than this share of what was added up. */
const SUM_NOISE = 1e-13;

/** Every pool has the buffer that its quantiles ask for, and of that is missing what does not stand idle. */
export const checkBuffers = (problem: PlanningProblem, plan: Plan, uses: OfferUses): string[] => {
  const wrong: string[] = [];
  const poolOf = bufferPools(problem, plan, uses);
  const unmatched = Map.groupBy(plan.buffers, nameOfPool);
  const { rule, maxSpotShare } = problem.policy.buffer;
  for (const error of rule === 'none' ? [] : problem.forecast.pooledErrors) {
    const pool = poolOf(error);
    if (pool.gpus === 0) continue;
    const buffer = unmatched.get(nameOfPool(error))?.shift();
    if (buffer === undefined)
      wrong.push(`${nameOfPool(error)}: no buffer is planned, ${pool.gpus} GPUs are asked for`);
    else wrong.push(...checkBuffer(plan, uses, pool, buffer, maxSpotShare));
  }
  for (const name of [...unmatched.values()].flat().map(nameOfPool))
    wrong.push(`${name}: a buffer is planned and not asked for`);
  return wrong;
};

export const nameOfPool = ({ gpuType, groupIds }: Pick<PooledError, 'gpuType' | 'groupIds'>): string =>
  groupIds === undefined ? gpuType : `${gpuType} for ${groupIds.join(', ')}`;

const checkBuffer = (
  plan: Plan,
  uses: OfferUses,
  pool: BufferPool,
  { wanted, missing, ...buffer }: BufferPlan,
  maxSpotShare: number,
): string[] => {
  const name = nameOfPool(buffer);
  return countIdle(plan, uses, pool).flatMap((idle, period) => {
    const asked = pool.wanted[period]!;
    const wrong: string[] = [];
    if (Math.abs(wanted[period]! - asked) > NOISE)
      wrong.push(
        `${name}: a buffer of ${wanted[period]} GPUs in period ${period}; the quantiles make it ${asked}`,
      );
    const lacking = asked === 0 ? 0 : lackingOf(asked * 1000, idle, maxSpotShare);
    const said = thousandths(missing[period]!);
    const noise = SUM_NOISE * idle.counted;
    if (said < wholeOf(lacking - noise) || said > wholeOf(lacking + noise))
      wrong.push(
        `${name}: ${missing[period]} GPUs are missing of the buffer in period ${period}; the nodes make it ${wholeOf(lacking) / 1000}`,
      );
    return wrong;
  });
};

/** Too few may be idle, or too few of them on nodes that are not taken back. */
const lackingOf = (asked: number, { expected, firm }: Idle, maxSpotShare: number): number =>
  Math.max(asked - expected, maxSpotShare < 1 ? asked - firm / (1 - maxSpotShare) : 0);

const wholeOf = (lacking: number): number => Math.max(0, Math.ceil(lacking - NOISE));
