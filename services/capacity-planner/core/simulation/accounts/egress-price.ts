import type { Offer } from '../../catalogue/offer.js';
import type { DemandGroup } from '../../demand/demand-group.js';
import type { EgressPrices } from '../../policy.js';

/** What a container of the group pulls from its data's home in one hour on a node of the offer, in micro-USD. */
export const egressMicroUsdPerContainerHour = (
  { data }: DemandGroup,
  { vendor, region }: Offer,
  prices: EgressPrices,
): number => {
  if (data === undefined) return 0;
  const perGiB =
    data.vendor !== vendor
      ? prices.elsewhereMicroUsdPerGiB
      : data.region === region
        ? prices.sameRegionMicroUsdPerGiB
        : prices.sameVendorMicroUsdPerGiB;
  return perGiB * data.gibPerContainerHour;
};
