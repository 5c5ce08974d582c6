import type { OfferId } from '../catalogue/offer.js';
import type { GroupId, PooledError } from '../demand/demand-group.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { bufferWorths } from './buffer-worths.js';
import { unitsTaken, usualPrices, waitPrice } from './list-prices.js';
import type { OfferUses } from './offer-uses.js';

/** Who waits at less than this share of the price makes room for those who may stand in few places. */
const FAR_LESS = 0.5;

/** Whom a buffer is for, and where. */
export type BufferPool = Readonly<{
  /** All that would ever be needed. */
  gpus: number;
  /** The same by period: those who are pinned have them in the next one alone. */
  wanted: readonly number[];
  /** Where idle GPUs are of use to them. */
  places: ReadonlySet<OfferId>;
  /** Groups whose containers make room at once. */
  yielding: ReadonlySet<GroupId>;
}>;

export const bufferPools = (
  problem: PlanningProblem,
  plan: Plan,
  uses: OfferUses,
): ((error: PooledError) => BufferPool) => {
  const usual = usualPrices(problem);
  const worthOf = bufferWorths(problem, plan, usual);
  const usesOf = Map.groupBy(uses.values(), ({ offer }) => offer.shape.gpuType);
  return (error) => {
    const { groups, meanWait, steps } = worthOf(error);
    const arePinned =
      error.groupIds !== undefined &&
      groups.every(({ pins }) => [pins.vendors, pins.regions, pins.geos].some((some) => some.length > 0));
    const gpus = steps.reduce((sum, step) => sum + step.gpus, 0);
    const places = (usesOf.get(error.gpuType) ?? []).filter(
      ({ taken }) => error.groupIds === undefined || groups.some(({ groupId }) => taken.has(groupId)),
    );
    const yielding = problem.groups.filter(
      (group) =>
        arePinned &&
        group.movement === 'free' &&
        waitPrice(problem, usual, group).late / unitsTaken(group, problem.policy.cpuSlot) <
          meanWait * FAR_LESS,
    );
    return {
      gpus,
      wanted: plan.periods.map((_, period) => (period === 1 || (period > 1 && !arePinned) ? gpus : 0)),
      places: new Set(places.map(({ offer }) => offer.offerId)),
      yielding: new Set(yielding.map(({ groupId }) => groupId)),
    };
  };
};
