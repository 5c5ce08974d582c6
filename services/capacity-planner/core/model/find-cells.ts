import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { PlanningPolicy } from '../policy.js';
import { egressPrice } from '../prices/egress-price.js';
import { mayStandOn } from './may-stand-on.js';
import { slotsOn } from './slots.js';

const MINUTE_MS = 60_000;

/** Leads within one class wait about as long. */
const LEAD_CLASSES_MS = [3, 6, 12, 30, 120].map((minutes) => minutes * MINUTE_MS);

export type OfferUse = Readonly<{
  offer: Offer;
  slots: Float64Array;
  egress: Float64Array;
  /** Equal for offers that the same groups may use in the same way. */
  signature: string;
  useful: boolean;
}>;

/** What each group could do with an offer. */
export const offerUse = (
  offer: Offer,
  groups: readonly DemandGroup[],
  { cpuSlot, egress: egressPrices }: Pick<PlanningPolicy, 'cpuSlot' | 'egress'>,
): OfferUse => {
  const slots = new Float64Array(groups.length);
  const egress = new Float64Array(groups.length);
  const users: string[] = [];
  groups.forEach((group, index) => {
    if (!mayStandOn(group, offer)) return;
    const taken = slotsOn(group, offer.shape, cpuSlot);
    if (taken === 0) return;
    slots[index] = taken;
    egress[index] = egressPrice(group, offer, egressPrices);
    users.push(`${index}:${taken}:${egress[index]}`);
  });
  const lead = LEAD_CLASSES_MS.findIndex((upToMs) => offer.behaviour.leadMs <= upToMs);
  return {
    offer,
    slots,
    egress,
    signature: `${offer.shape.gpuType}|${offer.purchase === 'spot'}|${lead}|${users.join(',')}`,
    useful: users.length > 0,
  };
};
