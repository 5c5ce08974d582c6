import { refuse, type Refusal } from '@slipway/kernel';
import type { Commitment } from '../catalogue/offer.js';

/** Refuses a commitment where others overlap with it in time and offers, neither within the other: it would be unclear which one pays for a host. */
export const refuseCrossing = (
  commitment: Commitment,
  /** As whoever gave it reads it: `vendor=x,gpu=H100`. */
  text: string,
  others: readonly Commitment[],
): Refusal | undefined => {
  const crossing = others.find((other) => cross(commitment, other));
  return crossing === undefined
    ? undefined
    : refuse(
        'conflict',
        'commitments-cross',
        `'${text}' and commitment '${crossing.commitmentId}' cover some of the same offers and each some that the other does not, ` +
          'so that it is unclear which one pays; name instance types in place of GPU types.',
      );
};

const cross = (one: Commitment, other: Commitment): boolean => {
  if (one.kind === 'spend' || other.kind === 'spend') return false;
  if (other.endsAt <= one.startsAt || one.endsAt <= other.startsAt) return false;
  const own = new Set(one.offerIds);
  const shared = other.offerIds.filter((offerId) => own.has(offerId)).length;
  return shared > 0 && shared < own.size && shared < other.offerIds.length;
};
