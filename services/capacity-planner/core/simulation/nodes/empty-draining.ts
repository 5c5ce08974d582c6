import type { Node } from './node.js';
import type { PlacedGroup } from './placing.js';

/**
 * Moves what stands on draining nodes to nodes that have room, a whole node at a time: half a move empties nothing. Answers the
 * nodes that are empty now; `moved` hears of each sticky container that went.
 */
export const emptyDraining = (
  groups: readonly PlacedGroup[],
  draining: readonly Node[],
  serving: readonly Node[],
  moved: (group: number, count: number) => void,
): readonly Node[] =>
  draining
    .toSorted((a, b) => a.busyGpus - b.busyGpus)
    .filter((node) => {
      if (node.isEmpty) return true;
      const moves = tryMoves(groups, node, serving);
      if (moves === undefined) return false;
      for (const { group, count } of moves) {
        node.put(group.group, group.need, -count);
        if (group.sticky) moved(group.group, count);
      }
      return true;
    });

type Move = Readonly<{ group: PlacedGroup; to: Node; count: number }>;

/** Puts every container of the node on others, or none. */
const tryMoves = (
  groups: readonly PlacedGroup[],
  from: Node,
  serving: readonly Node[],
): readonly Move[] | undefined => {
  const moves: Move[] = [];
  const wanted = [...from.containers]
    .map(([index, count]) => ({ group: groups[index]!, count }))
    .toSorted((a, b) => b.group.weight - a.group.weight);
  for (const { group, count } of wanted) {
    let left = count;
    const fitting = serving
      .filter((node) => group.allowed[node.offer] && node.room(group.group, group.need, 1) > 0)
      .toSorted((a, b) => a.freeGpus - b.freeGpus);
    for (const to of fitting) {
      if (left === 0) break;
      const fits = to.room(group.group, group.need, left);
      to.put(group.group, group.need, fits);
      moves.push({ group, to, count: fits });
      left -= fits;
    }
    if (left > 0) {
      for (const { group: put, to, count: put_ } of moves) to.put(put.group, put.need, -put_);
      return undefined;
    }
  }
  return moves;
};
