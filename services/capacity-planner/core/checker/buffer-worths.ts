import type { DemandGroup, PooledError } from '../demand/demand-group.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { unitsTaken, waitPrice } from './list-prices.js';

/** GPUs of a buffer that are needed equally often, and what it costs per hour to miss one of them. */
export type BufferStep = Readonly<{ gpus: number; price: number }>;

/** Those whom a buffer is for, what the wait for one GPU costs them per hour in the mean, and what the pool's quantiles are worth. */
export type BufferWorth = Readonly<{
  groups: readonly DemandGroup[];
  meanWait: number;
  steps: readonly BufferStep[];
}>;

/** What buffers are worth, pool by pool; no step where nobody waits or the forecast is never too low. */
export const bufferWorths = (
  problem: PlanningProblem,
  plan: Plan,
  usual: ReadonlyMap<string, number>,
): ((pool: PooledError) => BufferWorth) => {
  const inOrder = problem.groups.toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1));
  const waitOf = new Map(inOrder.map((group) => [group.groupId, waitPrice(problem, usual, group).late]));
  const wantedOf = new Map(plan.service.map(({ groupId, wanted }) => [groupId, Math.max(...wanted, 0)]));
  const leads = leadsByType(problem);
  const stepMs = plan.periods[0]!.lengthMs;
  return (pool) => {
    const named = pool.groupIds && new Set(pool.groupIds);
    const groups = inOrder.filter(({ groupId, gpuTypes }) =>
      named ? named.has(groupId) : gpuTypes[0] === pool.gpuType,
    );
    let cost = 0;
    let demand = 0;
    for (const group of groups) {
      const units = unitsTaken(group, problem.policy.cpuSlot);
      const most = wantedOf.get(group.groupId)! * units;
      cost += (most * waitOf.get(group.groupId)!) / units;
      demand += most;
    }
    const meanWait = demand === 0 ? 0 : cost / demand;
    // One GPU that is missing at every step: someone waits over the median lead, each step.
    const merged = leads.get(pool.gpuType) ?? [];
    const lead = Math.min(merged[Math.floor((merged.length - 1) / 2)] ?? 0, stepMs);
    const perStep = (meanWait * (lead / 3_600_000)) / (stepMs / 3_600_000);
    return { groups, meanWait, steps: stepsOf(pool, problem.policy.buffer.maxQuantile, perStep) };
  };
};

const stepsOf = ({ quantiles }: PooledError, maxQuantile: number, wait: number): readonly BufferStep[] => {
  const found: BufferStep[] = [];
  let below = { level: 0, gpus: 0 };
  for (const { level, gpus } of quantiles) {
    if (level > maxQuantile) break;
    const wide = Math.round((gpus - below.gpus) * 1000) / 1000;
    const price = Math.round(wait * (1 - (below.level + level) / 2));
    below = { level, gpus: wide > 0 ? gpus : below.gpus };
    if (wide > 0 && price > 0) found.push({ gpus: wide, price });
  }
  return found;
};

const leadsByType = ({ offers }: PlanningProblem): ReadonlyMap<string, readonly number[]> => {
  const leads = new Map<string, number[]>();
  for (const { shape, behaviour } of offers) {
    const found = leads.get(shape.gpuType);
    if (found) found.push(behaviour.leadMs);
    else leads.set(shape.gpuType, [behaviour.leadMs]);
  }
  for (const found of leads.values()) found.sort((a, b) => a - b);
  return leads;
};
