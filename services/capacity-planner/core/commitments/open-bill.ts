import type { Commitment, OfferId } from '../catalogue/offer.js';
import { inUseOrder } from './commitments-of.js';

/** Nodes of an offer that are held, in each period; at what one of them costs an hour. */
export type HeldNodes = Readonly<{ offerId: OfferId; price: number; nodes: readonly number[] }>;

/** A commitment of nodes, and which of what is held it covers, the dearest first. */
export type Cover = Readonly<{ commitmentId: string; nodes: number; covers: readonly number[] }>;

/** Nodes that no commitment covers, and what they cost an hour. */
export type OpenNodes = Readonly<{ nodes: number; microUsdPerHour: number }>;

/** Commitments of nodes in the order in which they are used up. `held`: the dearest first. */
export const coversOf = (
  commitments: readonly Commitment[],
  held: readonly HeldNodes[],
): readonly Cover[] => {
  const places = new Map(held.map(({ offerId }, index) => [offerId, index]));
  return inUseOrder(commitments).flatMap((commitment) => {
    if (commitment.kind !== 'nodes') return [];
    const { commitmentId, nodes, offerIds } = commitment;
    const covers = offerIds.flatMap((offerId) => places.get(offerId) ?? []);
    return [{ commitmentId, nodes, covers: covers.toSorted((one, other) => one - other) }];
  });
};

/** What is left of what is held in a period, where each commitment covers the dearest nodes that none before it does. */
export const openNodes = (
  held: readonly HeldNodes[],
  period: number,
  covers: readonly Cover[],
): OpenNodes => {
  const open = held.map(({ nodes }) => nodes[period]!);
  for (const cover of covers) {
    let left = cover.nodes;
    for (const place of cover.covers) {
      if (left === 0) break;
      const some = Math.min(left, open[place]!);
      open[place]! -= some;
      left -= some;
    }
  }
  return {
    nodes: open.reduce((sum, nodes) => sum + nodes, 0),
    microUsdPerHour: open.reduce((sum, nodes, place) => sum + nodes * held[place]!.price, 0),
  };
};
