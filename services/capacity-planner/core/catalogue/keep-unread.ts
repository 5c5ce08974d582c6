import type { Catalogue } from './catalogue.js';

/** A catalogue with what was known before of vendors that did not answer: their prices grow old, those of the others do not. */
export const keepUnread = (
  catalogue: Catalogue,
  before: Catalogue,
  unread: ReadonlySet<string>,
): Catalogue => {
  const offers = [...before.offers].filter(([, { vendor }]) => unread.has(vendor));
  const quarantined = offers.flatMap(([offerId]) => {
    const pending = before.quarantined.get(offerId);
    return pending === undefined ? [] : [[offerId, pending] as const];
  });
  return {
    ...catalogue,
    offers: new Map([...offers, ...catalogue.offers]),
    quarantined: new Map([...quarantined, ...catalogue.quarantined]),
    quotas: [...before.quotas.filter(({ scope }) => unread.has(scope.vendor)), ...catalogue.quotas],
    terms: [...before.terms.filter(({ vendor }) => unread.has(vendor)), ...catalogue.terms],
  };
};
