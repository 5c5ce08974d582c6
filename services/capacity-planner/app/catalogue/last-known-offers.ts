import { emptyCatalogue, type Catalogue } from '@slipway/capacity-planner-core';
import type { PlannerState } from '../journal/planner-state.js';
import type { CatalogueStore } from '../store/catalogue-store.js';
import type { PlanStore } from '../store/plan-store.js';

/** What was last planned with, also by the process before this one. */
export type LastKnown = () => Promise<Catalogue>;

/** What the newest plan was made from, so that a price that jumps while no process looks is not believed at once either. */
export const lastKnownOffers =
  (plans: PlanStore, catalogues: CatalogueStore, state: Pick<PlannerState, 'decisions'>): LastKnown =>
  async () => {
    const newest = await plans.newest(state.decisions.newest?.planId);
    const known = newest === undefined ? undefined : await catalogues.find(newest.catalogueVersion);
    return {
      ...emptyCatalogue,
      offers: new Map((known?.offers ?? []).map((offer) => [offer.offerId, offer])),
      terms: known?.terms ?? [],
    };
  };
