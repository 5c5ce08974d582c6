import { filterText, type OfferFilter } from '@slipway/contracts';
import { refuse, type Decision } from '@slipway/kernel';
import { matchesFilter } from '../catalogue/matches-filter.js';
import type { Offer } from '../catalogue/offer.js';
import type { ControlEvent, ExclusionEnded, OffersExcluded } from './control.events.js';
import type { Control } from './control.state.js';
import { isSameFilter } from './same-filter.js';

const find = ({ exclusions }: Control, filter: OfferFilter) =>
  exclusions.find((exclusion) => isSameFilter(exclusion.filter, filter));

/**
 * Nothing more is bought of what the filter names. What is excluded already stays so: whoever came first is named. A filter that names
 * nothing on offer is a slip of the pen.
 */
export const exclude = (
  control: Control,
  { filter, by, reason }: OffersExcluded['data'],
  offers: readonly Offer[],
): Decision<ControlEvent> => {
  const text = filterText(filter);
  if (text === '')
    return refuse(
      'invalid',
      'exclusion',
      'An exclusion names offers, a vendor, a region, a GPU type or a purchase option; a freeze stops all buying.',
    );
  if (find(control, filter) !== undefined) return [];
  if (!offers.some((offer) => matchesFilter(offer, filter)))
    return refuse('not-found', 'no-such-offer', `No offer of the catalogue matches '${text}'.`);
  return [{ type: 'offers-excluded', data: { filter, by, reason } }];
};

export const endExclusion = (
  control: Control,
  { filter, by }: ExclusionEnded['data'],
): Decision<ControlEvent> => {
  if (find(control, filter) !== undefined) return [{ type: 'exclusion-ended', data: { filter, by } }];
  const there = control.exclusions.map((exclusion) => `'${filterText(exclusion.filter)}'`).join(', ');
  return refuse(
    'not-found',
    'no-such-exclusion',
    `'${filterText(filter)}' is not excluded; ${there === '' ? 'nothing is' : `what is: ${there}`}.`,
  );
};
