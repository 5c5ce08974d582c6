import { filterText, type OfferPin } from '@slipway/contracts';
import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer } from '../catalogue/offer.js';
import type { PlanningPolicy } from '../policy.js';
import type { Prepared } from './prepared.js';
import type { SoftRule } from './soft-rule.js';

/** A node beyond a pin is worth so many hours of the dearest one that it names: more than any wait but that of a customer's floor. */
const PIN_SLACK_HOURS = 1_000;

/** Which pins name an offer; those that differ in it are no equals. */
export const pinKey = (offer: Offer, { pins = [] }: Pick<PlanningPolicy, 'pins'>): string =>
  pins.map(({ filter }) => (matchesFilter(offer, filter) ? '1' : '0')).join('');

export const isNamedByPin = (offer: Offer, { pins = [] }: Pick<PlanningPolicy, 'pins'>): boolean =>
  pins.some(({ filter }) => matchesFilter(offer, filter));

/** In each period that begins before a pin ends: no fewer nodes than `least`, no more than `most`. */
export const pinRules = (prepared: Prepared): SoftRule[] =>
  (prepared.problem.policy.pins ?? []).flatMap((pin) => rulesOf(pin, prepared));

const rulesOf = ({ filter, least, most, until }: OfferPin, { units, periods }: Prepared): SoftRule[] => {
  const named = units.filter(({ offer }) => matchesFilter(offer, filter));
  const dearest = named.reduce((price, { prices }) => Math.max(price, prices.listMicroUsdPerHour), 0);
  const ruleOf = (sign: 1 | -1, limit: number, word: string) =>
    periods.flatMap(({ startsAt, hours }, periodIndex): SoftRule[] =>
      until !== undefined && startsAt >= until
        ? []
        : [
            {
              ...{ name: 'pin', periodIndex, unit: 'nodes', limit: sign * limit },
              subject: `${filterText(filter)} at ${word} ${limit}`,
              microUsdPerUnit: Math.round(dearest * PIN_SLACK_HOURS * hours),
              terms: named.map(({ index }) => ({ unit: index, of: 'nodes', coefficient: sign })),
            },
          ],
    );
  return [
    ...(least === undefined ? [] : ruleOf(-1, least, 'least')),
    ...(most === undefined ? [] : ruleOf(1, most, 'most')),
  ];
};
