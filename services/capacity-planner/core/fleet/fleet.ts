import type { Instant } from '@slipway/kernel';
import type { OfferId } from '../catalogue/offer.js';
import type { GroupId } from '../demand/demand-group.js';

/** What we hold of one offer. */
export type Holding = Readonly<{
  offerId: OfferId;
  /** Nodes that take containers or soon will; without those that drain. */
  nodes: number;
  /** Of `nodes`, how many were asked for and have not joined yet. */
  startingNodes: number;
  /** Nodes that take no more containers and leave when they are empty: paid for, of no use to the plan. */
  drainingNodes: number;
  /** Of `nodes`, those that are paid for until a later moment, whether we stop them or not. Groups by moment, ascending. */
  paidUntil: readonly Readonly<{ at: Instant; nodes: number }>[];
}>;

/** Containers of a group that run on nodes of an offer now. */
export type RunningContainers = Readonly<{ groupId: GroupId; offerId: OfferId; containers: number }>;

/** One node of a holding's `nodes`, and the sticky containers that stand on it. */
export type StandingNode = Readonly<{
  offerId: OfferId;
  running: readonly Readonly<{ groupId: GroupId; containers: number }>[];
}>;

export type Fleet = Readonly<{
  /** When it was looked at. */
  seenAt: Instant;
  /** When each vendor last said which hosts of ours it has; where that is not told, all were seen when the fleet was. */
  vendorsSeenAt?: Readonly<Record<string, Instant>>;
  holdings: readonly Holding[];
  running: readonly RunningContainers[];
  /** Node by node, where that is known: free room in small pieces serves no large container. Else it is taken to be in one piece. */
  nodes?: readonly StandingNode[];
}>;
