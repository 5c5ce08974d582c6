import type { MarketEvent } from '../backtest/replay/recorded-event.js';

/** The depth of one offer: whether it is listed, and the refusal that is believed of it meanwhile. */
type Listing = { isListed: boolean; refused?: number };

/**
 * What catalogues and hosts showed, in the order of time. What is not listed cannot be had, whatever hosts show of it: a refusal that
 * ages meanwhile does not open it, and one that is believed still holds when it is listed again.
 */
export const whileListed = (
  catalogues: readonly MarketEvent[],
  hosts: readonly MarketEvent[],
): readonly MarketEvent[] => {
  const listings = new Map<string, Listing>();
  return [
    ...catalogues.map((event) => ({ event, isOfCatalogue: true })),
    ...hosts.map((event) => ({ event, isOfCatalogue: false })),
  ]
    .toSorted((a, b) => a.event.at - b.event.at)
    .flatMap(({ event, isOfCatalogue }) => {
      const listing = listings.get(event.offerId) ?? { isListed: true };
      listings.set(event.offerId, listing);
      return isOfCatalogue ? listed(listing, event) : shown(listing, event);
    });
};

const listed = (listing: Listing, event: MarketEvent): readonly MarketEvent[] => {
  if (event.type === 'depth-seen') listing.isListed = false;
  if (event.type !== 'depth-forgotten') return [event];
  listing.isListed = true;
  const { at, offerId } = event;
  return listing.refused === undefined
    ? [event]
    : [{ type: 'depth-seen', at, offerId, nodes: listing.refused }];
};

const shown = (listing: Listing, event: MarketEvent): readonly MarketEvent[] => {
  switch (event.type) {
    case 'depth-seen':
      listing.refused = event.nodes;
      break;
    case 'depth-forgotten':
      delete listing.refused;
      break;
    case 'depth-reached':
      if (listing.refused !== undefined) listing.refused = Math.max(listing.refused, event.nodes);
      break;
    case 'offer-priced':
    case 'nodes-taken':
      return [event];
    default:
      return event satisfies never;
  }
  return listing.isListed ? [event] : [];
};
