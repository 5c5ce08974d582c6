import { filterText, type OfferPin } from '@slipway/contracts';
import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer } from '../catalogue/offer.js';
import { isPinned } from '../control/pins.js';
import type { PlanningPolicy } from '../policy.js';
import { fewestNodes, mostNodes } from './pin-reach.js';
import type { Prepared } from './prepared.js';
import type { SoftRule } from './soft-rule.js';

/** A node beyond a pin is worth so many hours of the dearest one that it names: more than any wait but that of a customer's floor. */
const PIN_SLACK_HOURS = 1_000;

/** Which pins name an offer; those that differ in it are no equals. */
export const pinKey = (offer: Offer, { pins = [] }: Pick<PlanningPolicy, 'pins'>): string =>
  pins.map(({ filter }) => (matchesFilter(offer, filter) ? '1' : '0')).join('');

export const isNamedByPin = (offer: Offer, { pins = [] }: Pick<PlanningPolicy, 'pins'>): boolean =>
  pins.some(({ filter }) => matchesFilter(offer, filter));

/** Whether operators want some nodes of an offer that no demand may ask for. */
export const isNamedByLeast = (offer: Offer, { pins = [] }: Pick<PlanningPolicy, 'pins'>): boolean =>
  pins.some(({ filter, least = 0 }) => least > 0 && matchesFilter(offer, filter));

/** The units that a pin names, and what each node beyond it is worth in an hour. */
export type PinnedUnits = Readonly<{ pin: OfferPin; units: readonly number[]; slackMicroUsdPerHour: number }>;

export const pinnedUnits = ({ problem, units }: Prepared): readonly PinnedUnits[] =>
  (problem.policy.pins ?? []).map((pin) => {
    const named = units.filter(({ offer }) => matchesFilter(offer, pin.filter));
    const dearest = named.reduce((price, { prices }) => Math.max(price, prices.listMicroUsdPerHour), 0);
    return {
      pin,
      units: named.map(({ index }) => index),
      slackMicroUsdPerHour: dearest * PIN_SLACK_HOURS,
    };
  });

const known = new WeakMap<Prepared, readonly SoftRule[]>();

/** In each period that begins before a pin ends: no fewer nodes than `least`, no more than `most`, as far as any plan can. */
export const pinRules = (prepared: Prepared): readonly SoftRule[] => {
  let rules = known.get(prepared);
  if (rules === undefined)
    known.set(prepared, (rules = pinnedUnits(prepared).flatMap((pinned) => rulesOf(pinned, prepared))));
  return rules;
};

const rulesOf = ({ pin, units, slackMicroUsdPerHour }: PinnedUnits, prepared: Prepared): SoftRule[] => {
  const ruleOf = (
    sign: 1 | -1,
    limit: number,
    word: string,
    nearest: (prepared: Prepared, units: readonly number[], period: number) => number,
  ) =>
    prepared.periods.flatMap(({ startsAt, hours }, periodIndex): SoftRule[] =>
      isPinned(pin, startsAt)
        ? [
            {
              ...{ name: 'pin', periodIndex, unit: 'nodes', limit: sign * limit },
              unavoidable: Math.max(0, sign * (nearest(prepared, units, periodIndex) - limit)),
              subject: `${filterText(pin.filter)} at ${word} ${limit}`,
              microUsdPerUnit: Math.round(slackMicroUsdPerHour * hours),
              terms: units.map((unit) => ({ unit, of: 'nodes', coefficient: sign })),
            },
          ]
        : [],
    );
  return [
    ...(pin.least === undefined ? [] : ruleOf(-1, pin.least, 'least', mostNodes)),
    ...(pin.most === undefined ? [] : ruleOf(1, pin.most, 'most', fewestNodes)),
  ];
};
