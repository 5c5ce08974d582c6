import type { OfferTerm } from '@slipway/contracts';
import { dollars } from './figures.ts';

/** The price of a term, marked where nobody published it. */
export const termText = (term: OfferTerm | undefined): string =>
  term === undefined
    ? '-'
    : `${term.basis === 'published' ? '' : '~'}${dollars(term.priceMicroUsdPerNodeHour)}`;
