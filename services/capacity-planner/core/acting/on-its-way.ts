import type { Instant } from '@slipway/kernel';
import type { OfferId } from '../catalogue/offer.js';
import { isOver, isUnanswered, type Host } from './host.state.js';

/** Whether a host was asked for by then, and had neither joined nor ended, nor was late: it was in nobody's power to be there. */
export const isOnItsWay = (host: Host, at: Instant): boolean => {
  if (host.askedAt > at || isUnanswered(host, at)) return false;
  if (isOver(host) && host.endedAt <= at) return false;
  if ('joinedAt' in host && host.joinedAt !== undefined && host.joinedAt <= at) return false;
  if (host.status === 'stopping' && host.stopAskedAt <= at) return false;
  const startedAt = 'billedFrom' in host ? Math.min(host.billedFrom, at) : host.askedAt;
  return at - startedAt <= (host.leadMs ?? Infinity);
};

/** Whether hosts of any of these offers were on their way at a moment. */
export type OnTheirWay = (offerIds: readonly OfferId[], at: Instant) => boolean;

export const onTheirWay = (hosts: readonly Host[]): OnTheirWay => {
  const byOffer = Map.groupBy(hosts, ({ offerId }) => offerId);
  return (offerIds, at) =>
    offerIds.some((offerId) => byOffer.get(offerId)?.some((host) => isOnItsWay(host, at)) ?? false);
};

/** Where nothing is bought. */
export const noneOnTheirWay: OnTheirWay = () => false;
