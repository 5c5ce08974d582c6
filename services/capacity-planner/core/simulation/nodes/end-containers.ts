import { luckAt } from '../chance.js';
import type { Period } from '../period.js';
import type { Node } from './node.js';
import type { PlacedGroup } from './placing.js';

const LUCK = { turnover: 6, order: 7 } as const;

/** What stands on nodes, by group. */
export const standing = (groups: number, nodes: readonly Node[]): number[] => {
  const counts = Array.from({ length: groups }, () => 0);
  for (const node of nodes) for (const [group, count] of node.containers) counts[group]! += count;
  return counts;
};

/**
 * What ends between two steps: every container that moves freely (the short ones), a share of the sticky ones, and sticky ones that
 * are wanted no more. Of those that serve, the scheduler ends the ones that free a node soonest; a long job ends when it is done.
 */
export const endContainers = (
  period: Period,
  groups: readonly PlacedGroup[],
  nodes: readonly Node[],
  wanted: readonly number[],
  step: number,
): void => {
  for (const node of nodes)
    for (const [group, count] of [...node.containers])
      if (!groups[group]!.sticky) node.put(group, groups[group]!.need, -count);
  const counts = standing(groups.length, nodes);
  for (const group of groups) {
    const count = counts[group.group]!;
    if (!group.sticky || count === 0) continue;
    const byLuck = (node: Node) =>
      luckAt(period.seed, LUCK.order, step, group.group, node.offer, node.ordinal);
    const share = count * period.turnover[group.group]!;
    const over = Math.floor(share + luckAt(period.seed, LUCK.turnover, step, group.group));
    take(group, nodes, Math.min(over, count), byLuck, 1);
    const tooMany = count - Math.min(over, count) - wanted[group.group]!;
    const serves = period.groups[group.group]!.waitClass === 'interactive';
    const soonestFree = (node: Node) => (node.draining ? 0 : 1000) + node.busyGpus;
    if (tooMany > 0) take(group, nodes, tooMany, serves ? soonestFree : byLuck, serves ? tooMany : 1);
  }
};

/** Ends `count` containers, node by node in the order given, at most `each` of a node in one turn. */
const take = (
  { group, need }: PlacedGroup,
  nodes: readonly Node[],
  count: number,
  order: (node: Node) => number,
  each: number,
): void => {
  const having = nodes
    .filter((node) => node.containers.has(group))
    .map((node) => ({ node, rank: order(node) }))
    .toSorted((a, b) => a.rank - b.rank);
  for (let left = count; left > 0;)
    for (const { node } of having) {
      const ends = Math.min(each, left, node.containers.get(group) ?? 0);
      if (ends > 0) node.put(group, need, -ends);
      left -= ends;
      if (left === 0) break;
    }
};
