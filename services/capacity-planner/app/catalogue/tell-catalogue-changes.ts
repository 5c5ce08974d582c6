import {
  compareCatalogues,
  type CatalogueChanged,
  type Offer,
  type OfferId,
} from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { PlannerJournal } from '../journal/planner-journal.js';
import type { CatalogueView } from './catalogue-view.js';
import type { LastKnown } from './last-known-offers.js';

const STREAM = 'catalogue';

/**
 * Writes down what is other in each catalogue that plans are made from. A process that dies between the event and its plan has
 * the change told once more, never lost.
 */
export const tellCatalogueChanges = (journal: PlannerJournal, lastKnown: LastKnown) => {
  let before: ReadonlyMap<OfferId, Offer> | undefined;
  return async ({ version, offers, rejected }: CatalogueView, at: Instant): Promise<void> => {
    before ??= (await lastKnown()).offers;
    const after = new Map(offers.map((offer) => [offer.offerId, offer]));
    const change = compareCatalogues(before, after);
    const sums = { version, offers: offers.length, rejectedRows: rejected.length };
    const event = change && ({ type: 'catalogue-changed', data: { ...sums, ...change } } as const);
    await journal.record<CatalogueChanged>(
      () => STREAM,
      () => (event === undefined ? [] : [event]),
      at,
    );
    before = after;
  };
};
