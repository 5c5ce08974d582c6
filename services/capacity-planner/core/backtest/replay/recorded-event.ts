import type { Instant } from '@slipway/kernel';
import type { Offer, OfferId } from '../../catalogue/offer.js';
import type { DemandGroup, GroupId } from '../../demand/demand-group.js';

/** What is written down of a stretch of time so that it can be run again. Each value holds until the next one of its kind. */
export type RecordedEvent = Readonly<{ at: Instant }> &
  (
    | Readonly<{ type: 'offer-listed'; offer: Offer }>
    | Readonly<{ type: 'offer-priced'; offerId: OfferId; priceMicroUsdPerNodeHour: number }>
    /** So many nodes could be held and no more, as a refusal showed it. */
    | Readonly<{ type: 'depth-seen'; offerId: OfferId; nodes: number }>
    /** So many nodes at least could be held, as a grant showed it. */
    | Readonly<{ type: 'depth-reached'; offerId: OfferId; nodes: number }>
    /** What was seen of the depth is too long ago to be believed. */
    | Readonly<{ type: 'depth-forgotten'; offerId: OfferId }>
    | Readonly<{ type: 'nodes-taken'; offerId: OfferId; takenNodes: number; heldNodes: number }>
    | Readonly<{ type: 'group-seen'; group: DemandGroup }>
    | Readonly<{ type: 'demand-counted'; groupId: GroupId; containers: number }>
  );

/** What vendors did. */
export type MarketEvent = Extract<
  RecordedEvent,
  { type: 'offer-priced' | 'depth-seen' | 'depth-reached' | 'depth-forgotten' | 'nodes-taken' }
>;
