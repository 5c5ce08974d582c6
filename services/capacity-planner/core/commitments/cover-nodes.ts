import type { CommitmentTerms } from '@slipway/contracts';
import { covers, type Place } from './covers.js';

/** Nodes that are held and cost the same. */
export type PaidNodes = Place & Readonly<{ nodes: number; microUsdPerNodeHour: number }>;

/** What of a commitment is used, and what that would cost per hour beside it. */
export type CommitmentUse = Readonly<{ terms: CommitmentTerms; nodes: number; microUsdPerHour: number }>;

/**
 * What each of these commitments covers of what is held: those that cover less of it first, each the dearest nodes that no other
 * covers; shares of a vendor's bill come last and may end within a node.
 */
export const coverNodes = (
  commitments: readonly CommitmentTerms[],
  held: readonly PaidNodes[],
): readonly CommitmentUse[] => {
  const left = held
    .toSorted((a, b) => b.microUsdPerNodeHour - a.microUsdPerNodeHour)
    .map((place) => ({ place, nodes: place.nodes, microUsd: place.nodes * place.microUsdPerNodeHour }));
  return inOrder(commitments, held).map((terms) => {
    let owned = terms.kind === 'nodes' ? terms.nodes : terms.coveredMicroUsdPerHour;
    let nodes = 0;
    let microUsdPerHour = 0;
    for (const entry of left) {
      if (owned === 0 || entry.microUsd === 0 || !covers(terms, entry.place)) continue;
      const price = entry.place.microUsdPerNodeHour;
      const some =
        terms.kind === 'nodes' ? Math.min(owned, entry.nodes) * price : Math.min(owned, entry.microUsd);
      owned -= terms.kind === 'nodes' ? some / price : some;
      entry.nodes -= some / price;
      entry.microUsd -= some;
      nodes += some / price;
      microUsdPerHour += some;
    }
    return { terms, nodes, microUsdPerHour };
  });
};

/** In the order in which they are used up, as vendors bill. */
const inOrder = (
  commitments: readonly CommitmentTerms[],
  held: readonly PaidNodes[],
): readonly CommitmentTerms[] =>
  commitments
    .map((terms) => ({
      terms,
      rank:
        terms.kind === 'nodes'
          ? held.reduce((sum, place) => sum + (covers(terms, place) ? place.nodes : 0), 0)
          : Number.MAX_SAFE_INTEGER,
    }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ terms }) => terms);

/** What is paid per hour beside commitments. */
export const uncoveredPerHour = (
  commitments: readonly CommitmentTerms[],
  held: readonly PaidNodes[],
): number =>
  held.reduce((sum, { nodes, microUsdPerNodeHour }) => sum + nodes * microUsdPerNodeHour, 0) -
  coveredPerHour(commitments, held);

export const coveredPerHour = (commitments: readonly CommitmentTerms[], held: readonly PaidNodes[]): number =>
  coverNodes(commitments, held).reduce((sum, { microUsdPerHour }) => sum + microUsdPerHour, 0);
