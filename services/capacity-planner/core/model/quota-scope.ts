import type { Offer, Quota } from '../catalogue/offer.js';
import type { Prepared, Unit } from './prepared.js';

/** Does the quota count nodes of this offer? */
export const isWithinQuota = ({ scope }: Quota, offer: Offer): boolean =>
  offer.vendor === scope.vendor &&
  (scope.region === undefined || offer.region === scope.region) &&
  (scope.gpuType === undefined || offer.shape.gpuType === scope.gpuType) &&
  (scope.purchase === undefined || offer.purchase === scope.purchase);

/** What a quota allows of its vendor's units; what is held above it stays. */
export const quotaOver = (quota: Quota, unitsOfVendor: readonly Unit[]): Prepared['quotas'][number] => {
  const within = unitsOfVendor.filter(({ offer }) => isWithinQuota(quota, offer));
  const held = within.reduce((sum, unit) => sum + unit.slots * unit.held, 0);
  return { quota, limit: Math.max(quota.limit, held), units: within.map(({ index }) => index) };
};
