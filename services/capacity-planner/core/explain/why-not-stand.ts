import type { Offer } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import { slotsOn } from '../model/slots.js';
import type { PlanningPolicy } from '../policy.js';

/** Why a group may not stand on an offer, for people; empty where it may. What it is comes before what it is pinned to. */
export const whyNotStand = (
  group: DemandGroup,
  offer: Offer,
  cpuSlot: PlanningPolicy['cpuSlot'],
): readonly string[] => {
  const { pins, spot, gpuTypes } = group;
  if (!gpuTypes.includes(offer.shape.gpuType)) return [`it accepts ${gpuTypes.join(', ')} alone`];
  return [
    ...(slotsOn(group, offer.shape, cpuSlot) === 0 ? ['its containers are larger than the node'] : []),
    ...pinned('vendors', pins.vendors, offer.vendor),
    ...pinned('regions', pins.regions, offer.region),
    ...pinned('parts of the world', pins.geos, offer.geo),
    ...(offer.purchase === 'spot' && spot === 'refused' ? ['it is not to be taken back'] : []),
  ];
};

const pinned = (what: string, pins: readonly string[], value: string): readonly string[] =>
  pins.length === 0 || pins.includes(value) ? [] : [`it is pinned to the ${what} ${inShort(pins)}`];

/** A pin to a part of the world is one to each of its regions. */
const MOST_NAMED = 3;

const inShort = (names: readonly string[]): string =>
  names.length <= MOST_NAMED + 1
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
