import { filterText, type OfferFilter, type OfferPin } from '@slipway/contracts';
import { refuse, type Decision, type Instant, type Refusal } from '@slipway/kernel';
import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer } from '../catalogue/offer.js';
import type { ControlEvent, OffersPinned, PinEnded } from './control.events.js';
import type { Control, SetPin } from './control.state.js';
import { isSameFilter } from './same-filter.js';

const MOST_NODES = 10_000;

const find = (pins: readonly SetPin[], filter: OfferFilter): SetPin | undefined =>
  pins.find((pin) => isSameFilter(pin.filter, filter));

/** Whether a pin still holds; one without an end does until it is taken back. */
export const isPinned = ({ until }: Pick<OfferPin, 'until'>, at: Instant): boolean =>
  until === undefined || at < until;

export const pinsInForce = ({ pins }: Control, at: Instant): readonly SetPin[] =>
  pins.filter((pin) => isPinned(pin, at));

/** Whether a pin has come to its end after one moment and until another: what it held is to end then, not with the next plan. */
export const isPinEnding = ({ pins }: Control, since: Instant, at: Instant): boolean =>
  pins.some(({ until }) => until !== undefined && since < until && until <= at);

/** So many nodes of these offers from now on, in place of what was said of the same offers before; the same again is no news. */
export const pin = (
  control: Control,
  data: OffersPinned['data'],
  { at, offers }: Readonly<{ at: Instant; offers: readonly Offer[] }>,
): Decision<ControlEvent> => {
  const refusal = refusePin(data, at) ?? refuseNoOffer(data, offers);
  if (refusal !== undefined) return refusal;
  const known = find(control.pins, data.filter);
  const isSame =
    known !== undefined &&
    known.least === data.least &&
    known.most === data.most &&
    known.until === data.until;
  return isSame ? [] : [{ type: 'offers-pinned', data }];
};

export const endPin = (
  control: Control,
  { filter, by }: PinEnded['data'],
  at: Instant,
): Decision<ControlEvent> => {
  const pins = pinsInForce(control, at);
  if (find(pins, filter) !== undefined) return [{ type: 'pin-ended', data: { filter, by } }];
  const there = pins.map((known) => `'${filterText(known.filter)}'`).join(', ');
  return refuse(
    'not-found',
    'no-such-pin',
    `'${filterText(filter)}' is not pinned; ${there === '' ? 'nothing is' : `what is: ${there}`}.`,
  );
};

const refusePin = ({ filter, least, most, until }: OfferPin, at: Instant): Refusal | undefined => {
  if (filterText(filter) === '')
    return invalid('A pin names offers, a vendor, a region, a GPU type or a purchase option.');
  if (least === undefined && most === undefined)
    return invalid('Neither least nor most is given; a pin says one of them, or both.');
  for (const [name, nodes] of Object.entries({ least, most }))
    if (nodes !== undefined && !(Number.isInteger(nodes) && nodes >= 0 && nodes <= MOST_NODES))
      return invalid(`${name} is ${nodes}; it is a whole number of nodes from 0 to ${MOST_NODES}.`);
  if (least !== undefined && most !== undefined && least > most)
    return invalid(`least is ${least} and most is ${most}; the former is not above the latter.`);
  if (until !== undefined && !(until > at))
    return invalid(`until is ${textOf(until)}; it is later than now, ${textOf(at)}.`);
  return undefined;
};

const textOf = (moment: Instant): string =>
  Number.isFinite(moment) ? new Date(moment).toISOString() : String(moment);

const refuseNoOffer = ({ filter }: OfferPin, offers: readonly Offer[]): Refusal | undefined =>
  offers.some((offer) => matchesFilter(offer, filter))
    ? undefined
    : refuse('not-found', 'no-such-offer', `No offer of the catalogue matches '${filterText(filter)}'.`);

const invalid = (message: string): Refusal => refuse('invalid', 'pin', message);
