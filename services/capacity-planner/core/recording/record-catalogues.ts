import type { Instant } from '@slipway/kernel';
import type { Offer, OfferId } from '../catalogue/offer.js';
import type { MarketEvent } from '../backtest/replay/recorded-event.js';
import { withoutOutages } from '../lessons/outages.js';

/** What could be bought from `at` on. */
export type DatedOffers = Readonly<{
  at: Instant;
  offers: readonly Offer[];
  /** What their rates of preemption were raised by, where that is known: it was learnt from losses that are recorded themselves. */
  outagesPerHour?: number;
}>;

export type RecordedCatalogues = Readonly<{
  offers: readonly Offer[];
  market: readonly MarketEvent[];
  /** Catalogues with spot offers that do not say what their rates were raised by. */
  unsaidRaises: number;
}>;

/**
 * Catalogues one after another as offers and what became of them: another price, not listed yet or any more, listed again. An offer has
 * its first price and what was known of it last.
 */
export class CatalogueRecorder {
  private readonly first = new Map<OfferId, Offer>();
  private readonly newest = new Map<OfferId, Offer>();
  /** The most that a catalogue says can be had; nothing where one of them does not say it: a refusal was in the others. */
  private readonly depths = new Map<OfferId, number | undefined>();
  private listed: ReadonlyMap<OfferId, Offer> = new Map();
  private readonly market: MarketEvent[] = [];
  private beganAt: Instant | undefined;
  private unsaidRaises = 0;

  /** In the order of time. */
  see({ at, offers: reckonedWith, outagesPerHour }: DatedOffers): void {
    this.beganAt ??= at;
    if (outagesPerHour === undefined && reckonedWith.some(({ purchase }) => purchase === 'spot'))
      this.unsaidRaises += 1;
    const offers = reckonedWith.map((offer) => withoutOutages(offer, outagesPerHour ?? 0));
    const before = this.listed;
    this.listed = new Map(offers.map((offer) => [offer.offerId, offer]));
    for (const offer of offers) this.seeOffer(offer, before.get(offer.offerId), at);
    for (const offerId of before.keys())
      if (!this.listed.has(offerId)) this.market.push({ type: 'depth-seen', at, offerId, nodes: 0 });
  }

  recorded(): RecordedCatalogues {
    return {
      offers: [...this.newest.values()].map((offer) => {
        const { availableNodes: _, ...behaviour } = offer.behaviour;
        const depth = this.depths.get(offer.offerId);
        return {
          ...offer,
          billing: this.first.get(offer.offerId)!.billing,
          behaviour: depth === undefined ? behaviour : { ...behaviour, availableNodes: depth },
        };
      }),
      market: this.market.toSorted((a, b) => a.at - b.at),
      unsaidRaises: this.unsaidRaises,
    };
  }

  private seeOffer(offer: Offer, before: Offer | undefined, at: Instant): void {
    const { offerId, billing, behaviour } = offer;
    const isNew = !this.first.has(offerId);
    const former = this.newest.get(offerId)?.billing.priceMicroUsdPerNodeHour;
    this.depths.set(offerId, isNew ? behaviour.availableNodes : deeper(this.depths.get(offerId), offer));
    if (isNew) this.first.set(offerId, offer);
    if (isNew && this.beganAt! < at)
      this.market.push({ type: 'depth-seen', at: this.beganAt!, offerId, nodes: 0 });
    if (before === undefined && this.beganAt! < at)
      this.market.push({ type: 'depth-forgotten', at, offerId });
    if (former !== undefined && former !== billing.priceMicroUsdPerNodeHour)
      this.market.push({
        ...{ type: 'offer-priced', at, offerId },
        priceMicroUsdPerNodeHour: billing.priceMicroUsdPerNodeHour,
      });
    this.newest.set(offerId, offer);
  }
}

const deeper = (known: number | undefined, { behaviour }: Offer): number | undefined =>
  known === undefined || behaviour.availableNodes === undefined
    ? undefined
    : Math.max(known, behaviour.availableNodes);
