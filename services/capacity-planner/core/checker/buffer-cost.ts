import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { unitsTaken, waitPrice } from './list-prices.js';

/** What missing buffers are expected to cost, in fractions of a micro-dollar (1/3.6e9): the rarest need is missed first. */
export const bufferFractions = (
  problem: PlanningProblem,
  plan: Plan,
  usual: ReadonlyMap<string, number>,
): bigint => {
  let total = 0n;
  for (const buffer of plan.buffers) {
    const ladder = steps(problem, plan, usual, buffer);
    buffer.missing.forEach((gpus, period) => {
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

type Buffer = Plan['buffers'][number];

const steps = (
  problem: PlanningProblem,
  plan: Plan,
  usual: ReadonlyMap<string, number>,
  buffer: Buffer,
): { gpus: number; price: number }[] => {
  const wait = waitPerHour(problem, plan, usual, buffer);
  const { quantiles } = problem.forecast.pooledErrors.find(
    ({ gpuType, groupIds }) => gpuType === buffer.gpuType && groupIds?.join() === buffer.groupIds?.join(),
  )!;
  const found: { gpus: number; price: number }[] = [];
  let below = { level: 0, gpus: 0 };
  for (const { level, gpus } of quantiles) {
    if (level > problem.policy.buffer.maxQuantile) break;
    const wide = Math.round((gpus - below.gpus) * 1000) / 1000;
    const price = Math.round(wait * (1 - (below.level + level) / 2));
    below = { level, gpus: wide > 0 ? gpus : below.gpus };
    if (wide > 0 && price > 0) found.push({ gpus: wide, price });
  }
  return found;
};

/** One GPU that is missing at every step: the mean late price of those who want it, over the median lead, each step. */
const waitPerHour = (
  problem: PlanningProblem,
  plan: Plan,
  usual: ReadonlyMap<string, number>,
  { gpuType, groupIds }: Buffer,
): number => {
  const merged = mergedLeads(problem, gpuType);
  const stepMs = plan.periods[0]!.lengthMs;
  const lead = Math.min(merged[Math.floor((merged.length - 1) / 2)] ?? 0, stepMs);
  let cost = 0;
  let demand = 0;
  for (const group of problem.groups.toSorted((a, b) => (a.groupId < b.groupId ? -1 : 1))) {
    if (groupIds ? !groupIds.includes(group.groupId) : group.gpuTypes[0] !== gpuType) continue;
    const units = unitsTaken(group, problem.policy.cpuSlot);
    const wanted = plan.service.find(({ groupId }) => groupId === group.groupId)!.wanted;
    const most = Math.max(...wanted, 0) * units;
    cost += (most * waitPrice(problem, usual, group).late) / units;
    demand += most;
  }
  return demand === 0 ? 0 : ((cost / demand) * (lead / 3_600_000)) / (stepMs / 3_600_000);
};

const mergedLeads = (problem: PlanningProblem, gpuType: string): number[] =>
  problem.offers
    .filter(({ shape }) => shape.gpuType === gpuType)
    .map(({ behaviour }) => behaviour.leadMs)
    .sort((a, b) => a - b);
