import type { Instant } from '@slipway/kernel';
import type { OfferId } from '../../catalogue/offer.js';
import type { GroupId } from '../../demand/demand-group.js';
import type { Run } from '../run.js';

/** A node that runs when a period begins, and what stands on it. */
export type StandingAtFirst = Readonly<{
  offerId: OfferId;
  startedAt: Instant;
  /** It takes containers from then on. */
  readyAt: Instant;
  containers: readonly Readonly<{ groupId: GroupId; containers: number }>[];
}>;

/** Nodes are numbered from 1 in the order in which they are put there; what a node has no room for stands nowhere. */
export const standAtFirst = (
  { fleet, groups, offerIndex, groupIndex }: Run,
  { offerId, startedAt, readyAt, containers }: StandingAtFirst,
): void => {
  const node = fleet.adopt(offerIndex.get(offerId)!, startedAt, readyAt);
  for (const { groupId, containers: count } of containers) {
    const placed = groups[groupIndex.get(groupId)!];
    if (placed) node.put(placed.group, placed.need, node.room(placed.group, placed.need, count));
  }
};
