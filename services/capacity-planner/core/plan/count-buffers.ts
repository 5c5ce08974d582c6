import type { BufferLadder, Prepared } from '../model/prepared.js';
import { isShort, spotLoss } from '../program/add-buffers.js';
import type { ExactCounts } from './exact-counts.js';
import type { BufferPlan } from './plan.js';
import { hourly, type ExactMoney } from './exact-money.js';

/** By period: thousandths of slots that are missing of a ladder, those of them that no part of it is charged for, and their cost. */
export type BufferCount = Readonly<{
  missing: readonly number[];
  charged: readonly number[];
  cost: readonly ExactMoney[];
}>;

/** By ladder. */
export const countBuffers = (prepared: Prepared, counts: ExactCounts): readonly BufferCount[] => {
  const counted: BufferCount[] = [];
  for (const ladder of prepared.buffers) {
    const missing = missingOf(prepared, ladder, counts);
    const charged = missing.map((all, period) =>
      Math.max(0, all - ladder.parts.reduce((sum, part) => sum + counted[part]!.charged[period]!, 0)),
    );
    const cost = prepared.periods.map(({ lengthMs }, period) =>
      missingCost(ladder, charged[period]!, lengthMs),
    );
    counted.push({ missing, charged, cost });
  }
  return counted;
};

const missingOf = (
  prepared: Prepared,
  ladder: BufferLadder,
  { nodes, starts, served }: ExactCounts,
): readonly number[] => {
  const { problem, cells, units, pairs, periods } = prepared;
  const maxSpotShare = problem.policy.buffer.maxSpotShare;
  return periods.map((_, period) => {
    if (!ladder.counts[period]) return 0;
    let idle = 0;
    let firm = 0;
    for (const index of ladder.units) {
      const unit = units[index]!;
      const held = unit.slots * nodes[index]![period]!;
      const started = isShort(prepared, period) ? unit.slots * starts[index]![period]! : 0;
      idle += held * (1 - spotLoss(unit)) - started;
      if (unit.offer.purchase !== 'spot') firm += held - started;
    }
    for (const pair of ladder.standing) {
      const { group, cell } = pairs[pair]!;
      const taken = (cells[cell]!.slots[group] ?? 0) * served[pair]![period]!;
      idle -= taken;
      if (!cells[cell]!.spot) firm -= taken;
    }
    const wanted = ladder.totalGpus * 1000;
    const firmMissing = maxSpotShare < 1 ? wanted - firm / (1 - maxSpotShare) : 0;
    return Math.max(0, Math.ceil(Math.max(wanted - idle, firmMissing) - 1e-6));
  });
};

/** The steps that are needed least are missed first; below the first there is no cheaper one. */
const missingCost = ({ steps }: BufferLadder, missingThousandths: number, lengthMs: number): ExactMoney => {
  let left = missingThousandths;
  let cost = 0n;
  for (let step = steps.length - 1; step >= 0 && left > 0; step--) {
    const within = step === 0 ? left : Math.min(left, Math.round(steps[step]!.gpus * 1000));
    cost += hourly(steps[step]!.missingMicroUsdPerHour, within, lengthMs);
    left -= within;
  }
  return cost;
};

/** A node that might be held idle, and what it costs per hour. */
type IdleNode = Readonly<{ slots: number; microUsdPerHour: number }>;

/**
 * GPUs of a ladder whose lack is expected to cost more than they cost idle, in whole nodes of its best place. Whether that place has
 * nodes left is not asked: where it has none, just this is missing. Spot nodes are a best place only where a buffer may stand on them
 * alone.
 */
export const payingGpus = (
  { steps, totalGpus, units }: BufferLadder,
  { problem, units: places }: Pick<Prepared, 'problem' | 'units'>,
): number =>
  units
    .map((unit) => places[unit]!)
    .filter(({ offer }) => offer.purchase !== 'spot' || problem.policy.buffer.maxSpotShare >= 1)
    .reduce((most, { slots, prices }) => {
      const microUsdPerHour =
        prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour;
      return Math.max(most, Math.min(totalGpus, payingWith(steps, { slots, microUsdPerHour })));
    }, 0);

/** Whole nodes are filled from the ladder's first step on, for as long as the next one is worth its price. */
const payingWith = (steps: BufferLadder['steps'], { slots, microUsdPerHour }: IdleNode): number => {
  let paying = 0;
  let worth = 0;
  let filled = 0;
  for (const { gpus, missingMicroUsdPerHour } of steps) {
    let left = gpus;
    while (left > 0) {
      const taken = Math.min(left, slots - filled);
      worth += taken * missingMicroUsdPerHour;
      filled += taken;
      left -= taken;
      if (filled < slots) break;
      if (worth <= microUsdPerHour) return paying;
      paying += slots;
      worth = filled = 0;
    }
  }
  return worth > microUsdPerHour ? paying + slots : paying;
};

/**
 * What is missing of those that pay, in the next period: what starts in the first one can serve a surprise only then. Those who wait
 * for nodes that start in it are counted among what is missing, which may so be more than all that is wanted; they are no buffer. Of
 * plans that were made before it was said what pays, nothing.
 */
export const missingThatPays = ({ wanted, missing, paying = 0 }: BufferPlan): number => {
  const all = wanted[1] ?? 0;
  return Math.max(0, Math.min(missing[1] ?? 0, all) - (all - paying));
};
