import type { Prepared } from '../model/prepared.js';
import { CellRoom } from './cell-room.js';
import type { Draft } from './draft.js';

const NOISE = 1e-6;

/**
 * The first period's flows in whole containers: each flow rounded down, then what is left is put where room is, large containers
 * first, dear ones before cheap ones, with one exchange where a cell that could take it is full of others that could move.
 */
export const placeIntegers = (prepared: Prepared, draft: Draft): Draft => {
  const rooms = prepared.cells.map((cell) => new CellRoom(cell, prepared, (unit) => draft.nodes[unit]![0]!));
  const counts = Float64Array.from(draft.served, (served) => Math.floor(served[0]! + NOISE));
  const pairsOf = prepared.groups.map(() => [] as number[]);
  const wished = new Float64Array(prepared.groups.length);
  prepared.pairs.forEach(({ group, cell }, pair) => {
    pairsOf[group]!.push(pair);
    wished[group]! += draft.served[pair]![0]!;
    rooms[cell]!.take(group, counts[pair]!);
  });
  const largest = (group: number): number =>
    prepared.groups[group]!.cells.reduce(
      (most, cell) => Math.max(most, prepared.cells[cell]!.slots[group]!),
      0,
    );
  const order = prepared.groups
    .map(({ index }) => index)
    .toSorted(
      (a, b) =>
        largest(b) - largest(a) ||
        prepared.groups[b]!.prices.shortMicroUsdPerHour - prepared.groups[a]!.prices.shortMicroUsdPerHour,
    );
  for (const group of order) {
    const target = Math.min(prepared.groups[group]!.wanted[0]!, Math.ceil(wished[group]! - NOISE));
    let left = target - pairsOf[group]!.reduce((sum, pair) => sum + counts[pair]!, 0);
    const byFraction = pairsOf[group]!.toSorted(
      (a, b) => draft.served[b]![0]! - counts[b]! - (draft.served[a]![0]! - counts[a]!),
    );
    for (const pair of byFraction) {
      if (left <= 0) break;
      const { cell } = prepared.pairs[pair]!;
      const more = Math.min(left, Math.floor(rooms[cell]!.fits(group) + NOISE));
      rooms[cell]!.take(group, more);
      counts[pair]! += more;
      left -= more;
    }
    while (left > 0 && exchange(prepared, rooms, counts, pairsOf, group)) left -= 1;
  }
  return {
    nodes: draft.nodes,
    served: draft.served.map((served, pair) =>
      served.map((containers, period) => (period === 0 ? counts[pair]! : containers)),
    ),
  };
};

/** Makes room for one container by moving others of one group out of a cell into free room elsewhere. */
const exchange = (
  { pairs, cells }: Prepared,
  rooms: readonly CellRoom[],
  counts: Float64Array,
  pairsOf: readonly number[][],
  group: number,
): boolean => {
  for (const pair of pairsOf[group]!) {
    const { cell } = pairs[pair]!;
    const room = rooms[cell]!;
    for (const [other, { group: moved, cell: from }] of pairs.entries()) {
      if (from !== cell || moved === group || counts[other]! === 0) continue;
      const needed = Math.max(1, Math.ceil(cells[cell]!.slots[group]! / cells[cell]!.slots[moved]! - NOISE));
      const moving = Math.min(counts[other]!, needed);
      const target = pairsOf[moved]!.find(
        (candidate) => candidate !== other && rooms[pairs[candidate]!.cell]!.fits(moved) + NOISE >= moving,
      );
      if (target === undefined) continue;
      room.take(moved, -moving);
      if (room.fits(group) + NOISE < 1) {
        room.take(moved, moving);
        continue;
      }
      rooms[pairs[target]!.cell]!.take(moved, moving);
      counts[other]! -= moving;
      counts[target]! += moving;
      room.take(group, 1);
      counts[pair]! += 1;
      return true;
    }
  }
  return false;
};
