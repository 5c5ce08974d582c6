import type { PlanFlow, Resources } from '@slipway/contracts';
import { placeTask, type Candidate, type Placement } from './place-task.js';

/**
 * The capacity plan says how many containers of a group each set of offers is to serve. The set that lacks most of
 * its share comes first; within it the usual rule holds. Undefined where the flows are used up or their hosts are full.
 */
export const placeByPlan = (
  need: Resources,
  candidates: readonly Candidate[],
  flows: readonly PlanFlow[],
): Placement | undefined => {
  const lacking = flows
    .map(({ offerIds, containers }) => {
      const hosts = candidates.filter(({ offerId }) => offerId !== undefined && offerIds.includes(offerId));
      const served = hosts.reduce((sum, { ofGroup = 0 }) => sum + ofGroup, 0);
      return {
        hosts,
        share: containers === 0 ? 0 : (containers - served) / containers,
        left: containers - served,
      };
    })
    .filter(({ left }) => left > 0)
    .toSorted((a, b) => b.share - a.share || b.left - a.left);
  for (const { hosts } of lacking) {
    const placed = placeTask(need, hosts);
    if (placed !== undefined) return placed;
  }
  return undefined;
};
