import type { Commitment, Offer } from '../catalogue/offer.js';

/** Nodes that are held, at the price of their offer. */
type HeldNodes = Readonly<{ offer: Offer; nodes: number }>;

/**
 * The bill reckoned as it reads, all of it at once: what is paid per hour for nodes of one vendor beside commitments that are in
 * force, which are used up in their order: nodes first, the dearest of those that they cover; then shares of what is left of the
 * bill, spot apart.
 */
export const openBillPerHour = (commitments: readonly Commitment[], held: readonly HeldNodes[]): number => {
  const open = held
    .map(({ offer, nodes }) => ({ offer, nodes, price: offer.billing.priceMicroUsdPerNodeHour }))
    .toSorted((one, other) => other.price - one.price);
  for (const commitment of commitments) {
    if (commitment.kind !== 'nodes') continue;
    let left = commitment.nodes;
    for (const entry of open) {
      if (!commitment.offerIds.includes(entry.offer.offerId)) continue;
      const some = Math.min(left, entry.nodes);
      entry.nodes -= some;
      left -= some;
    }
  }
  const billOf = (entries: typeof open): number =>
    entries.reduce((sum, { nodes, price }) => sum + nodes * price, 0);
  const vendors = new Set(held.map(({ offer }) => offer.vendor));
  const shares = commitments.reduce(
    (sum, one) => (one.kind === 'spend' && vendors.has(one.vendor) ? sum + one.coveredMicroUsdPerHour : sum),
    0,
  );
  const { shared = [], spot = [] } = Object.groupBy(open, ({ offer }) =>
    offer.purchase === 'spot' ? 'spot' : 'shared',
  );
  return billOf(spot) + Math.max(0, billOf(shared) - shares);
};
