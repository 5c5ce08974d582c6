import type { CapacityCommitments, CommitmentTerms, CommitmentView } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Offer } from '../catalogue/offer.js';
import type { RecordedCommitment } from '../control/control.state.js';
import type { Holding } from '../fleet/fleet.js';
import { isInForce, paidPerHour } from './commitments-of.js';
import { coverNodes, type PaidNodes } from './cover-nodes.js';
import { coveredOffers, placeOf } from './covers.js';

type Seen = Readonly<{ at: Instant; offers: readonly Offer[]; holdings: readonly Holding[] }>;

/** Every commitment with how much of it is used now, the one that ends first at the top. */
export const viewCommitments = (
  recorded: readonly RecordedCommitment[],
  { at, offers, holdings }: Seen,
): CapacityCommitments => {
  const inForce = recorded.map(({ terms }) => terms).filter((terms) => isInForce(terms, at));
  const uses = new Map(coverNodes(inForce, heldOf(offers, holdings)).map((use) => [use.terms, use]));
  const commitments = recorded
    .map(({ terms, at: recordedAt, by }): CommitmentView => {
      const use = uses.get(terms);
      return {
        ...terms,
        state: stateAt(terms, at),
        recorded: { at: recordedAt, by },
        offers: coveredOffers(terms, offers).length,
        usedNodes: Math.round((use?.nodes ?? 0) * 100) / 100,
        usedMicroUsdPerHour: Math.round(use?.microUsdPerHour ?? 0),
        paidMicroUsdPerHour: use === undefined ? 0 : paidPerHour(terms),
      };
    })
    .toSorted((one, other) => one.endsAt - other.endsAt || (one.commitmentId < other.commitmentId ? -1 : 1));
  const sum = (of: (one: CommitmentView) => number): number =>
    commitments.reduce((total, one) => total + of(one), 0);
  return {
    ...{ at, commitments },
    paidMicroUsdPerHour: sum((one) => one.paidMicroUsdPerHour),
    usedMicroUsdPerHour: sum((one) => one.usedMicroUsdPerHour),
  };
};

const stateAt = (terms: CommitmentTerms, at: Instant): CommitmentView['state'] =>
  at < terms.startsAt ? 'to-come' : isInForce(terms, at) ? 'in-force' : 'over';

/** Nodes that drain are paid for still. */
const heldOf = (offers: readonly Offer[], holdings: readonly Holding[]): readonly PaidNodes[] => {
  const known = new Map(offers.map((offer) => [offer.offerId, offer]));
  return holdings.flatMap(({ offerId, nodes, drainingNodes }) => {
    const offer = known.get(offerId);
    if (offer === undefined || nodes + drainingNodes === 0) return [];
    const microUsdPerNodeHour = offer.billing.priceMicroUsdPerNodeHour;
    return [{ ...placeOf(offer), nodes: nodes + drainingNodes, microUsdPerNodeHour }];
  });
};
