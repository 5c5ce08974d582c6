import type { Change } from './change.js';
import type { Guarding } from './guarding.js';
import { holdOfAway } from './hold-of-away.js';
import { holdOfPin, isSamePin, servingAfter } from './hold-of-pin.js';
import type { Hold } from './make-before-break.js';

/** Hosts that the plan lets go, now or once what replaces them has joined. */
export const canLeave = (change: Change, guarding: Guarding): boolean =>
  (change.action === 'drain' || change.action === 'stop') &&
  guarding.wasWeighed(change.host.offerId) &&
  holdOfAway(change, guarding) === undefined;

/**
 * What a start replaces counts no more against the most that is wanted: else neither could be done before the other. A start that is
 * beyond a pin that the plan knew never joins; one that was set since brings a new plan, and until then nothing is let go for it.
 */
export const pinHold = (
  change: Change,
  { now, leaving }: Readonly<{ now: readonly Change[]; leaving: readonly Change[] }>,
  { pins = [], plannedPins = pins, hosts, at }: Guarding,
): Hold | undefined => {
  if (pins.length === 0) return undefined;
  const isMore = change.action === 'start' || change.action === 'convert';
  const held = holdOfPin(change, pins, at, servingAfter(hosts, isMore ? [...now, ...leaving] : now));
  if (held === undefined) return undefined;
  const { pin, ...hold } = held;
  return plannedPins.some((planned) => isSamePin(planned, pin)) ? { ...hold, joins: 'never' } : hold;
};
