import type { PlanFlow, Resources } from '@slipway/contracts';
import { lackingFlows } from './lacking-flows.js';
import { placeTask, type Candidate, type Placement } from './place-task.js';

/**
 * The capacity plan says how many containers of a group each set of offers is to serve. The set that lacks most of
 * its share comes first; within it the usual rule holds. Undefined where the flows are used up or their hosts are full or passed over.
 */
export const placeByPlan = (
  need: Resources,
  candidates: readonly Candidate[],
  flows: readonly PlanFlow[],
): Placement | undefined => {
  for (const { hosts } of lackingFlows(candidates, flows)) {
    const placed = placeTask(need, hosts);
    if (placed !== undefined) return placed;
  }
  return undefined;
};
