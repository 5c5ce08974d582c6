import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { EgressPrices } from '../policy.js';

/** What a container of the group pulls of its data when it stands there, integer micro-USD per container-hour. */
export const egressPrice = (
  { data }: DemandGroup,
  { vendor, region }: Offer,
  prices: EgressPrices,
): number => {
  if (data === undefined) return 0;
  const perGiB =
    data.vendor !== vendor
      ? prices.elsewhereMicroUsdPerGiB
      : data.region !== region
        ? prices.sameVendorMicroUsdPerGiB
        : prices.sameRegionMicroUsdPerGiB;
  return Math.round(perGiB * data.gibPerContainerHour);
};
