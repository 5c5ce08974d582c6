import type { PooledError } from '../demand/demand-group.js';
import { isPinned } from '../demand/is-pinned.js';
import type { PlanningProblem } from '../planning-problem.js';
import { containerSlots } from './slots.js';
import type { BufferLadder, Cell, Prepared, PreparedGroup, Unit } from './prepared.js';

type Building = Pick<Prepared, 'problem' | 'groups' | 'periods' | 'pairs'> &
  Readonly<{ units: readonly Unit[]; cells: readonly Omit<Cell, 'risk'>[] }>;

const HOUR_MS = 3_600_000;

/** Who waits at less than this share of the price makes room for those whom a buffer is for. */
const FAR_LESS = 0.5;

/**
 * What idle slots are worth. A slot between two quantiles of the pooled error is needed with the probability that the error reaches
 * it; not having it then makes someone wait for a node. The plan weighs that against what the slot costs idle, which is the
 * newsvendor's rule with the price of the very node that would be held.
 */
export const bufferLadders = (building: Building): BufferLadder[] =>
  building.problem.policy.buffer.rule === 'none'
    ? []
    : withParts(
        building.problem.forecast.pooledErrors
          .toSorted((a, b) => Number(a.gpuType > b.gpuType) - Number(a.gpuType < b.gpuType))
          .flatMap((error) => ladderOf(error, building)),
        building,
      );

const withParts = (ladders: readonly Omit<BufferLadder, 'parts'>[], { groups }: Building): BufferLadder[] => {
  const wanting = ladders.map((ladder) => wantingOf(ladder, groups));
  return ladders.map((ladder, index) => ({
    ...ladder,
    parts: [...wanting.keys()].filter(
      (part) =>
        part < index &&
        ladders[part]!.gpuType === ladder.gpuType &&
        wanting[part]!.every((group) => wanting[index]!.includes(group)),
    ),
  }));
};

const wantingOf = (
  { gpuType, groupIds }: Pick<PooledError, 'gpuType' | 'groupIds'>,
  groups: readonly PreparedGroup[],
): readonly PreparedGroup[] =>
  groups.filter(({ group }) => (groupIds ? groupIds.includes(group.groupId) : group.gpuTypes[0] === gpuType));

const ladderOf = (
  error: PooledError,
  { problem, units, cells, groups, periods, pairs }: Building,
): Omit<BufferLadder, 'parts'>[] => {
  const { gpuType, groupIds } = error;
  const stepMs = periods[0]?.lengthMs ?? 0;
  const wanting = wantingOf(error, groups);
  const waitPerHour = meanWait(wanting, problem);
  const steps = stepsOf(
    error,
    problem.policy.buffer.maxQuantile,
    waitPerStepHour(waitPerHour, leadOf(gpuType, problem, stepMs), stepMs),
  );
  if (steps.length === 0) return [];
  const within = new Set(
    cells
      .filter(
        (cell) =>
          cell.gpuType === gpuType && (!groupIds || wanting.some(({ index }) => cell.slots[index]! > 0)),
      )
      .map(({ index }) => index),
  );
  const arePinned = groupIds !== undefined && wanting.every(({ group }) => isPinned(group));
  const makesRoom = ({ group, prices }: PreparedGroup): boolean =>
    arePinned &&
    group.movement === 'free' &&
    prices.lateMicroUsdPerHour / containerSlots(group, problem.policy.cpuSlot) < waitPerHour * FAR_LESS;
  return [
    {
      gpuType,
      ...(groupIds && { groupIds }),
      steps,
      totalGpus: steps.reduce((sum, { gpus }) => sum + gpus, 0),
      // For those who are pinned the next surprise alone: what is idle for them later is decided anew until then.
      counts: periods.map((_, period) => (arePinned ? period === 1 : period > 0)),
      units: units.filter(({ cell }) => within.has(cell)).map(({ index }) => index),
      standing: [...pairs.keys()].filter(
        (pair) => within.has(pairs[pair]!.cell) && !makesRoom(groups[pairs[pair]!.group]!),
      ),
    },
  ];
};

/** Someone waits for the usual lead. */
const leadOf = (gpuType: string, { offers }: PlanningProblem, stepMs: number): number => {
  const leads = offers
    .filter(({ shape }) => shape.gpuType === gpuType)
    .map(({ behaviour }) => behaviour.leadMs)
    .toSorted((a, b) => a - b);
  return Math.min(leads[Math.floor((leads.length - 1) / 2)] ?? 0, stepMs);
};

/** What the wait of one slot costs per hour, in the mean of those who want it. */
const meanWait = (groups: readonly PreparedGroup[], { policy }: PlanningProblem): number => {
  let price = 0;
  let weight = 0;
  for (const { group, prices, wanted } of groups) {
    const slots = containerSlots(group, policy.cpuSlot);
    const demand = Math.max(...wanted, 0) * slots;
    price += (demand * prices.lateMicroUsdPerHour) / slots;
    weight += demand;
  }
  return weight === 0 ? 0 : price / weight;
};

/** What one hour of steps costs a slot that is always missing: each step, someone waits for a lead. */
const waitPerStepHour = (perHour: number, leadMs: number, stepMs: number): number =>
  stepMs === 0 ? 0 : (perHour * (leadMs / HOUR_MS)) / (stepMs / HOUR_MS);

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
