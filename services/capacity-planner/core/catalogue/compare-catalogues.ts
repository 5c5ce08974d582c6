import type { Catalogue } from './catalogue.js';
import type { CatalogueChange, Some } from './catalogue-events.js';
import type { Offer } from './offer.js';

/** So many offers of each kind of change are named. */
const MOST_NAMED = 50;

type Offers = Catalogue['offers'];

/** What changed from one catalogue's offers to the next; undefined where nothing did. */
export const compareCatalogues = (before: Offers, after: Offers): CatalogueChange | undefined => {
  const added = missingIn(before, after);
  const withdrawn = missingIn(after, before);
  const kept = [...after.values()].flatMap((offer) => {
    const former = before.get(offer.offerId);
    return former === undefined ? [] : [{ former, offer }];
  });
  const repriced = kept.filter(({ former, offer }) => priceOf(former) !== priceOf(offer));
  const redescribed = kept.filter(({ former, offer }) => description(former) !== description(offer));
  if ([added, withdrawn, repriced, redescribed].every(({ length }) => length === 0)) return undefined;
  return {
    added: some(added, priced),
    withdrawn: some(withdrawn, priced),
    repriced: some(repriced, ({ former, offer }) => ({
      offerId: offer.offerId,
      fromMicroUsdPerNodeHour: priceOf(former),
      toMicroUsdPerNodeHour: priceOf(offer),
    })),
    redescribed: some(redescribed, ({ offer }) => ({ offerId: offer.offerId })),
  };
};

const missingIn = (there: Offers, here: Offers): readonly Offer[] =>
  [...here.values()].filter(({ offerId }) => !there.has(offerId));

const some = <Change, Told extends Readonly<{ offerId: string }>>(
  changes: readonly Change[],
  told: (change: Change) => Told,
): Some<Told> => ({
  count: changes.length,
  first: changes
    .map(told)
    .toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1))
    .slice(0, MOST_NAMED),
});

const priceOf = ({ billing }: Offer): number => billing.priceMicroUsdPerNodeHour;

const priced = (offer: Offer) => ({ offerId: offer.offerId, priceMicroUsdPerNodeHour: priceOf(offer) });

/** All but the price, when and where it was seen, and what our own hosts teach, which their events tell already. */
const description = ({ shape, billing, behaviour, geo, window }: Offer): string =>
  JSON.stringify([
    ...[shape, billing.incrementSeconds, billing.minimumSeconds, geo, window],
    ...[behaviour.leadMs, behaviour.performance, behaviour.health],
  ]);
