import type { PooledError } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import { containerSlots } from './slots.js';
import type { BufferLadder, PreparedGroup, PreparedPeriod, Unit } from './prepared.js';

type Building = Readonly<{
  problem: PlanningProblem;
  units: readonly Unit[];
  groups: readonly PreparedGroup[];
  periods: readonly PreparedPeriod[];
}>;

const HOUR_MS = 3_600_000;

/**
 * What idle slots of a type are worth. A slot between two quantiles of the pooled error is needed with the probability that the
 * error reaches it; not having it then makes someone wait for a node. The plan weighs that against what the slot costs idle, which
 * is the newsvendor's rule with the price of the very node that would be held.
 */
export const bufferLadders = ({ problem, units, groups, periods }: Building): BufferLadder[] => {
  if (problem.policy.buffer.rule === 'none') return [];
  const stepMs = periods[0]?.lengthMs ?? 0;
  return problem.forecast.pooledErrors
    .toSorted((a, b) => (a.gpuType < b.gpuType ? -1 : 1))
    .flatMap((error) => {
      const within = units.filter(({ offer }) => offer.shape.gpuType === error.gpuType);
      const wait = waitOf(error.gpuType, groups, problem, stepMs);
      const steps = stepsOf(error, problem.policy.buffer.maxQuantile, wait);
      return steps.length === 0
        ? []
        : [
            {
              gpuType: error.gpuType,
              steps,
              totalGpus: steps.reduce((sum, { gpus }) => sum + gpus, 0),
              units: within.map(({ index }) => index),
            },
          ];
    });
};

/** What one hour of steps costs a slot that is always missing: each step, someone waits for the usual lead. */
const waitOf = (
  gpuType: string,
  groups: readonly PreparedGroup[],
  { offers, policy }: PlanningProblem,
  stepMs: number,
): number => {
  const leads = offers
    .filter(({ shape }) => shape.gpuType === gpuType)
    .map(({ behaviour }) => behaviour.leadMs)
    .toSorted((a, b) => a - b);
  const leadMs = Math.min(leads[Math.floor((leads.length - 1) / 2)] ?? 0, stepMs);
  let price = 0;
  let weight = 0;
  for (const { group, prices, wanted } of groups) {
    if (group.gpuTypes[0] !== gpuType) continue;
    const slots = containerSlots(group, policy.cpuSlot);
    const demand = Math.max(...wanted, 0) * slots;
    price += (demand * prices.lateMicroUsdPerHour) / slots;
    weight += demand;
  }
  return weight === 0 || stepMs === 0 ? 0 : ((price / weight) * (leadMs / HOUR_MS)) / (stepMs / HOUR_MS);
};

const stepsOf = (
  { quantiles }: PooledError,
  maxQuantile: number,
  waitMicroUsd: number,
): BufferLadder['steps'] => {
  const steps: { gpus: number; missingMicroUsdPerHour: number }[] = [];
  let level = 0;
  let reached = 0;
  for (const next of quantiles) {
    if (next.level > maxQuantile) break;
    const gpus = Math.round((next.gpus - reached) * 1000) / 1000;
    const missingMicroUsdPerHour = Math.round(waitMicroUsd * (1 - (level + next.level) / 2));
    level = next.level;
    if (gpus <= 0) continue;
    reached = next.gpus;
    if (missingMicroUsdPerHour > 0) steps.push({ gpus, missingMicroUsdPerHour });
  }
  return steps;
};
