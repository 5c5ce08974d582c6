import type { Prepared } from '../model/prepared.js';
import type { Draft } from './draft.js';
import { nodeBins, putOn, roomOn, type NodeBin } from './node-bins.js';

/** Where the first period's containers stand, node by node, and those that found no room, by group. */
export type Standing = Readonly<{ bins: NodeBin[]; dropped: NodeBin[]; waiting: number[] }>;

/**
 * Puts the first period's containers on nodes as a scheduler will: sticky ones stay on nodes that stay, the rest follows the flows
 * and then goes where the best fit is, large ones first; who finds no place on nodes that are there waits for those that start. What
 * a cell has room for in sum may have no place on any one node.
 */
export const standOnNodes = (prepared: Omit<Prepared, 'ready'>, draft: Draft): Standing => {
  const { pairs, cells, groups, units } = prepared;
  const slotsOn = ({ unit }: NodeBin, group: number): number => cells[units[unit]!.cell]!.slots[group]!;
  const { bins, dropped } = nodeBins(prepared, (unit) => Math.round(draft.nodes[unit]![0]!));
  const waiting = groups.map(({ wanted }) => wanted[0]!);
  for (const { containers } of bins) for (const [group, count] of containers) waiting[group]! -= count;
  const order = packingOrder(prepared);
  const pairsOf = Map.groupBy(
    pairs.map((pair, index) => ({ ...pair, index })),
    ({ group }) => group,
  );
  const everywhere = Map.groupBy(bins, ({ unit }) => units[unit]!.cell);
  const there = Map.groupBy(
    bins.filter((bin) => bin.there),
    ({ unit }) => units[unit]!.cell,
  );
  const fill = (group: number, fitting: readonly NodeBin[], most: number): void => {
    let left = Math.min(most, waiting[group]!);
    if (left <= 0) return;
    const withRoom = fitting
      .filter((bin) => roomOn(bin, slotsOn(bin, group)) > 0)
      .toSorted((a, b) => a.free - b.free);
    for (const bin of withRoom) {
      if (left <= 0) break;
      const taken = slotsOn(bin, group);
      const count = Math.min(left, roomOn(bin, taken));
      putOn(bin, group, taken, count);
      waiting[group]! -= count;
      left -= count;
    }
  };
  for (const byCell of [there, everywhere]) {
    for (const group of order)
      for (const { index, cell } of pairsOf.get(group) ?? []) {
        const stands = (everywhere.get(cell) ?? []).reduce(
          (sum, { containers }) => sum + (containers.get(group) ?? 0),
          0,
        );
        fill(group, byCell.get(cell) ?? [], Math.floor(draft.served[index]![0]! - stands + 1e-6));
      }
    for (const group of order)
      fill(
        group,
        groups[group]!.cells.flatMap((cell) => byCell.get(cell) ?? []),
        waiting[group]!,
      );
  }
  return { bins, dropped, waiting: waiting.map((count) => Math.max(0, count)) };
};

const classRank = { interactive: 0, batch: 1, background: 2 } as const;

/** Large containers first, since small ones fit into what is left; then by urgency. */
export const packingOrder = ({ groups, cells }: Pick<Prepared, 'groups' | 'cells'>): readonly number[] => {
  const size = groups.map(({ index, cells: within }) =>
    within.reduce((most, cell) => Math.max(most, cells[cell]!.slots[index]!), 0),
  );
  return groups
    .map(({ index }) => index)
    .toSorted((a, b) => {
      const [one, other] = [groups[a]!.group, groups[b]!.group];
      return (
        size[b]! - size[a]! ||
        Number(other.priority === 'high') - Number(one.priority === 'high') ||
        classRank[one.waitClass] - classRank[other.waitClass] ||
        a - b
      );
    });
};
