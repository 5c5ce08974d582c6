import { emptyCatalogue, type Catalogue } from '@slipway/capacity-planner-core';
import type { Logger } from '@slipway/telemetry';
import type { PlannerState } from '../journal/planner-state.js';
import type { CatalogueStore } from '../store/catalogue-store.js';
import { UnreadableError } from '../store/unreadable-error.js';
import type { PlanStore } from '../store/plan-store.js';
import type { CatalogueView } from './catalogue-view.js';

/** What was last planned with, also by the process before this one. */
export type LastKnown = () => Promise<Catalogue>;

export type LastKnownParts = Readonly<{
  plans: Pick<PlanStore, 'newest'>;
  catalogues: Pick<CatalogueStore, 'find' | 'versionsBefore'>;
  state: Pick<PlannerState, 'decisions'>;
  logger: Pick<Logger, 'warn'>;
}>;

/** What the newest plan was made from, so that a price that jumps while no process looks is not believed at once either. */
export const lastKnownOffers =
  ({ plans, catalogues, state, logger }: LastKnownParts): LastKnown =>
  async () => {
    const newest = await plans.newest(state.decisions.newest?.planId);
    const known = newest && (await newestReadable(catalogues, newest.catalogueVersion, logger));
    return {
      ...emptyCatalogue,
      offers: new Map((known?.offers ?? []).map((offer) => [offer.offerId, offer])),
      terms: known?.terms ?? [],
    };
  };

/** A version, or the one before it where it is damaged: prices of a while ago are better known than none. */
const newestReadable = async (
  catalogues: LastKnownParts['catalogues'],
  newest: string,
  logger: LastKnownParts['logger'],
): Promise<CatalogueView | undefined> => {
  const read = (version: string): Promise<CatalogueView | 'damaged' | undefined> =>
    catalogues.find(version).catch((error: unknown) => {
      if (!(error instanceof UnreadableError)) throw error;
      logger.warn({ err: error, version }, 'a catalogue that plans were made from cannot be read');
      return 'damaged' as const;
    });
  const first = await read(newest);
  if (first !== 'damaged') return first;
  for (const version of await catalogues.versionsBefore(newest)) {
    const earlier = await read(version);
    if (earlier !== 'damaged') return earlier;
  }
  return undefined;
};
