import type { PlanFlow } from '@slipway/contracts';
import type { Plan } from './plan.js';

/**
 * The first period's flows as the scheduler places by them: by demand key, offers of one cell together, since it may take any of
 * them. Fractions are rounded up: a container is whole.
 */
export const placementFlows = ({
  flows,
}: Pick<Plan, 'flows'>): Readonly<Record<string, readonly PlanFlow[]>> => {
  const byGroup = new Map<string, Map<string, { offerIds: string[]; containers: number }>>();
  for (const { groupId, cellId, offerId, containers } of flows) {
    const cells = byGroup.get(groupId) ?? new Map<string, { offerIds: string[]; containers: number }>();
    byGroup.set(groupId, cells);
    const cell = cells.get(cellId) ?? { offerIds: [], containers: 0 };
    cells.set(cellId, { offerIds: [...cell.offerIds, offerId], containers: cell.containers + containers });
  }
  return Object.fromEntries(
    [...byGroup].map(([groupId, cells]) => [
      groupId,
      [...cells.values()].map(({ offerIds, containers }) => ({
        offerIds,
        containers: Math.ceil(containers - 1e-9),
      })),
    ]),
  );
};
