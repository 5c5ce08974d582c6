import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';

/** Pins, GPUs and the tolerance of being taken back: none of these is ever traded for money. */
export const mayStandOn = (group: DemandGroup, offer: Offer): boolean =>
  group.gpuTypes.includes(offer.shape.gpuType) &&
  allows(group.pins.vendors, offer.vendor) &&
  allows(group.pins.regions, offer.region) &&
  allows(group.pins.geos, offer.geo) &&
  (offer.purchase !== 'spot' || group.spot === 'tolerated');

const allows = (pinned: readonly string[], value: string): boolean =>
  pinned.length === 0 || pinned.includes(value);
