import type { Offer } from '../catalogue/offer.js';
import type { TermPrice } from '../catalogue/term-price.js';

/** The prices of terms that can be had in place of an offer, the shortest first: it has to be bought on demand. */
export const termsOn = (
  { vendor, region, instanceType, purchase }: Offer,
  terms: readonly TermPrice[],
): readonly TermPrice[] =>
  purchase !== 'on-demand'
    ? []
    : terms
        .filter(
          (term) => term.vendor === vendor && term.region === region && term.instanceType === instanceType,
        )
        .filter((term, index, all) => all.findIndex(({ months }) => months === term.months) === index)
        .toSorted((one, other) => one.months - other.months);
