import type { DemandGroup } from '../../demand/demand-group.js';
import { needOf, type Need } from '../compatibility.js';
import { weightOf } from '../weight.js';
import type { Node } from './node.js';

/** A group as placing sees it. */
export type PlacedGroup = Readonly<{
  group: number;
  need: Need;
  weight: number;
  sticky: boolean;
  /** By offer: may it stand there? */
  allowed: readonly boolean[];
}>;

const classRank = { interactive: 0, batch: 1, background: 2 } as const;

/** The order in which groups are placed: large containers first, since small ones fit into what is left; then by urgency. */
export const placingOrder = (groups: readonly DemandGroup[]): readonly number[] =>
  groups
    .map((_, index) => index)
    .sort((a, b) => {
      const [one, other] = [groups[a]!, groups[b]!];
      return (
        weightOf(other) - weightOf(one) ||
        Number(other.priority === 'high') - Number(one.priority === 'high') ||
        classRank[one.waitClass] - classRank[other.waitClass] ||
        a - b
      );
    });

export const placedGroups = (
  groups: readonly DemandGroup[],
  allowed: readonly (readonly boolean[])[],
): readonly PlacedGroup[] =>
  groups.map((group, index) => ({
    group: index,
    need: needOf(group),
    weight: weightOf(group),
    sticky: group.movement === 'sticky',
    allowed: allowed[index]!,
  }));

/** Flows left to fill: by group, by offer, containers. */
export type FlowsLeft = readonly Map<number, number>[];

export type Placed = (node: Node, group: number, count: number) => void;

/**
 * Places waiting containers on nodes: first where the flows say, then by best fit (the fullest node that has room, then the
 * cheaper one by `nodes`' order). `waiting` is counted down; what is left did not fit.
 */
export const placeWaiting = (
  groups: readonly PlacedGroup[],
  order: readonly number[],
  waiting: number[],
  nodes: readonly Node[],
  flows: FlowsLeft,
  placed: Placed,
): void => {
  const byOffer = Map.groupBy(nodes, ({ offer }) => offer);
  for (const index of order) {
    if (waiting[index] === 0) continue;
    const group = groups[index]!;
    for (const [offer, wanted] of flows[index]!) {
      if (!group.allowed[offer]) continue;
      const here = byOffer.get(offer);
      if (here === undefined) continue;
      const count = fill(group, here, Math.min(wanted, waiting[index]!), placed);
      flows[index]!.set(offer, wanted - count);
      waiting[index]! -= count;
    }
  }
  for (const index of order) {
    if (waiting[index] === 0) continue;
    const group = groups[index]!;
    const fitting = nodes.filter(({ offer }) => group.allowed[offer]);
    waiting[index]! -= fill(group, fitting, waiting[index]!, placed);
  }
};

const fill = (group: PlacedGroup, nodes: readonly Node[], most: number, placed: Placed): number => {
  let left = most;
  const withRoom = nodes.filter((node) => node.room(group.group, group.need, 1) > 0);
  for (const node of withRoom.toSorted((a, b) => a.freeGpus - b.freeGpus || a.freeVcpus - b.freeVcpus)) {
    if (left === 0) break;
    const count = node.room(group.group, group.need, left);
    node.put(group.group, group.need, count);
    placed(node, group.group, count);
    left -= count;
  }
  return most - left;
};
