import type { CapacityPlacements, NotFollowed } from '@slipway/contracts';
import type { PlacedCount } from './placements.js';

export type PlacementReport = Omit<CapacityPlacements, 'at' | 'sinceAt'>;

/** Counts of steps taken together. */
export const reportPlacements = (counts: readonly PlacedCount[]): PlacementReport => {
  const sums = { 'own-machine': 0, plan: 0, 'best-fit': 0 };
  const rows = new Map<string, NotFollowed>();
  for (const { by, demandKey, couldNotFollow, offerId, containers } of counts) {
    sums[by] += containers;
    if (by !== 'best-fit') continue;
    const row = {
      demandKey,
      because: couldNotFollow?.because ?? ('not-said' as const),
      plannedOfferIds: couldNotFollow?.offerIds ?? [],
      ...(offerId === undefined ? {} : { offerId }),
    };
    const key = JSON.stringify(row);
    rows.set(key, { ...row, containers: (rows.get(key)?.containers ?? 0) + containers });
  }
  const ofPlan = sums.plan + sums['best-fit'];
  return {
    containers: sums,
    ...(ofPlan === 0 ? {} : { notFollowedShare: sums['best-fit'] / ofPlan }),
    notFollowed: [...rows.values()].toSorted(
      (a, b) => b.containers - a.containers || (a.demandKey < b.demandKey ? -1 : 1),
    ),
  };
};
