import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Commitment, Offer } from '../catalogue/offer.js';
import { coveredOffers } from './covers.js';

export const isInForce = (
  { startsAt, endsAt }: Pick<CommitmentTerms, 'startsAt' | 'endsAt'>,
  at: Instant,
): boolean => startsAt <= at && at < endsAt;

/**
 * Commitments as a plan counts with them, those left out that are over; in the order in which they are used up: what covers fewer
 * offers first, and what pays for a share of the bill last, as vendors bill.
 */
export const commitmentsOf = (
  terms: readonly CommitmentTerms[],
  offers: readonly Offer[],
  at: Instant,
): readonly Commitment[] =>
  inUseOrder(terms.filter(({ endsAt }) => at < endsAt).map((one) => commitmentOf(one, offers)));

export const inUseOrder = (commitments: readonly Commitment[]): readonly Commitment[] =>
  commitments.toSorted(
    (one, other) => rank(one) - rank(other) || (one.commitmentId < other.commitmentId ? -1 : 1),
  );

const rank = (commitment: Commitment): number =>
  commitment.kind === 'nodes' ? commitment.offerIds.length : Number.MAX_SAFE_INTEGER;

export const commitmentOf = (terms: CommitmentTerms, offers: readonly Offer[]): Commitment => {
  const { commitmentId, startsAt, endsAt } = terms;
  const paid = { commitmentId, startsAt, endsAt, priceMicroUsdPerHour: paidPerHour(terms) };
  return terms.kind === 'spend'
    ? { ...paid, kind: 'spend', vendor: terms.vendor, coveredMicroUsdPerHour: terms.coveredMicroUsdPerHour }
    : {
        ...{ ...paid, kind: 'nodes', nodes: terms.nodes },
        offerIds: coveredOffers(terms, offers)
          .map(({ offerId }) => offerId)
          .toSorted(),
      };
};

/** What it costs per hour while it is in force, an integer. */
export const paidPerHour = (terms: CommitmentTerms): number =>
  terms.kind === 'spend' ? terms.priceMicroUsdPerHour : terms.nodes * terms.priceMicroUsdPerNodeHour;
