import type { HostOrder, Offer, VendorHost } from '@slipway/capacity-planner-core';

/** What an orphan costs is read from the offer that it looks like; where there is none, from what the vendor says. */
export const orderOfOrphan = (
  vendor: string,
  { hostId, instanceType, region, priceMicroUsdPerNodeHour = 0 }: VendorHost,
  offers: readonly Offer[],
): HostOrder => {
  const offer = offers.find(
    (known) => known.vendor === vendor && known.region === region && known.instanceType === instanceType,
  );
  const billing = offer?.billing ?? { priceMicroUsdPerNodeHour, incrementSeconds: 1, minimumSeconds: 0 };
  return {
    ...{ hostId, vendor, region, instanceType, billing },
    offerId: offer?.offerId ?? `${vendor}/${region}/-/${instanceType}/on-demand`,
    zone: offer?.zone ?? '',
    geo: offer?.geo ?? '',
    purchase: offer?.purchase ?? 'on-demand',
    gpuType: offer?.shape.gpuType ?? 'CPU',
    gpuCount: offer?.shape.gpuCount ?? 0,
  };
};
