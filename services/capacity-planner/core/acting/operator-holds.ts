import type { OfferFilter } from '@slipway/contracts';
import { matchesFilter, type Filtered } from '../catalogue/matches-filter.js';
import type { Guardrails } from '../policy.js';
import type { Hold } from './make-before-break.js';

/** A freeze keeps everything as it is. */
export const frozenHold = ({ mode }: Guardrails): Hold | undefined =>
  mode === 'frozen' ? { heldBy: 'frozen', because: 'planning is frozen' } : undefined;

/** What an operator has left out is not bought. */
export const excludedHold = (offer: Filtered, excluded: readonly OfferFilter[] = []): Hold | undefined =>
  excluded.some((filter) => matchesFilter(offer, filter))
    ? { heldBy: 'excluded', because: 'an operator has left it out' }
    : undefined;
