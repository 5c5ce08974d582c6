import { filterText, type OfferPin } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { matchesFilter, type Filtered } from '../catalogue/matches-filter.js';
import { isPinned } from '../control/pins.js';
import { isSameFilter } from '../control/same-filter.js';
import type { Change } from './change.js';
import type { Host } from './host.state.js';

const placeOf = ({ offerId, vendor, region, purchase, gpuType }: Host): Filtered => ({
  ...{ offerId, vendor, region, purchase },
  shape: { gpuType },
});

export const subjectOf = (change: Change): Filtered =>
  change.action === 'start' ? change.offer : placeOf(change.host);

const serves = (host: Host): boolean =>
  (host.status === 'asked' || host.status === 'starting' || host.status === 'running') &&
  !('takenAt' in host && host.takenAt !== undefined);

/** Hosts that serve or will, as the changes that are carried out now leave them. */
export const servingAfter = (hosts: readonly Host[], now: readonly Change[]): readonly Filtered[] => {
  const gone = new Set(now.flatMap((change) => (change.action === 'start' ? [] : [change.host.hostId])));
  return [
    ...hosts.filter((host) => serves(host) && !gone.has(host.hostId)).map(placeOf),
    ...now.filter(({ action }) => action === 'start' || action === 'convert').map(subjectOf),
  ];
};

/** Why a pin does not let this change happen; undefined where none is in its way. It may have been set after the plan was made. */
export const holdOfPin = (
  change: Change,
  pins: readonly OfferPin[],
  at: Instant,
  serving: readonly Filtered[],
): Readonly<{ heldBy: 'pinned'; because: string; pin: OfferPin }> | undefined => {
  const subject = subjectOf(change);
  const isMore = change.action === 'start' || change.action === 'convert';
  const broken = pins.find(({ filter, least, most, ...pin }) => {
    if (!isPinned(pin, at) || !matchesFilter(subject, filter)) return false;
    const nodes = serving.filter((host) => matchesFilter(host, filter)).length;
    return isMore ? nodes + 1 > (most ?? Infinity) : nodes - 1 < (least ?? 0);
  });
  if (broken === undefined) return undefined;
  const limit = isMore ? `at most ${broken.most}` : `at least ${broken.least}`;
  const until = broken.until === undefined ? '' : ` until ${new Date(broken.until).toISOString()}`;
  return {
    heldBy: 'pinned',
    because: `an operator wants ${limit} of ${filterText(broken.filter)}${until}`,
    pin: broken,
  };
};

export const isSamePin = (one: OfferPin, other: OfferPin): boolean =>
  isSameFilter(one.filter, other.filter) &&
  one.least === other.least &&
  one.most === other.most &&
  one.until === other.until;
