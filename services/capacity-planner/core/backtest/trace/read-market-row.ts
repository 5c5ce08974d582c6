import { microUsd } from '../../catalogue/micro-usd.js';
import type { TraceDraft } from './trace-draft.js';
import type { TraceFields } from './trace-fields.js';

const MOST_NODES = 1_000_000;

/** What vendors did: prices, how many nodes could be had, and what they took back. */
export const readMarketRow = {
  price: (fields: TraceFields, draft: TraceDraft) => {
    const at = fields.moment('at');
    const offerId = fields.name('offer');
    const usd = fields.need('usd_per_hour', 'number', 0, Number.MAX_SAFE_INTEGER);
    const price = microUsd(String(usd));
    if (price === undefined)
      fields.refuse('usd_per_hour', 'dollars per node and hour, above 0, with six decimals at most');
    return () =>
      draft.market.push({ type: 'offer-priced', at, offerId, priceMicroUsdPerNodeHour: price ?? 0 });
  },
  capacity: (fields: TraceFields, draft: TraceDraft) => {
    const at = fields.moment('at');
    const offerId = fields.name('offer');
    const atLeast = fields.whole('nodes_at_least', 0, MOST_NODES, undefined);
    const nodes = fields.whole('nodes', 0, MOST_NODES, undefined);
    if (atLeast === undefined && !('nodes' in fields.values))
      fields.refuse('nodes', 'given (null where it is not known any more), or nodes_at_least');
    return () => {
      if (atLeast !== undefined) draft.market.push({ type: 'depth-reached', at, offerId, nodes: atLeast });
      else if (nodes === undefined) draft.market.push({ type: 'depth-forgotten', at, offerId });
      else draft.market.push({ type: 'depth-seen', at, offerId, nodes });
    };
  },
  preemption: (fields: TraceFields, draft: TraceDraft) => {
    const at = fields.moment('at');
    const offerId = fields.name('offer');
    const takenNodes = fields.need('taken', 'number', 0, MOST_NODES);
    const heldNodes = fields.need('held', 'number', 0, MOST_NODES);
    if (heldNodes < takenNodes)
      fields.refuse('held', `${takenNodes} or more: those that were taken are among them`);
    return () => draft.market.push({ type: 'nodes-taken', at, offerId, takenNodes, heldNodes });
  },
} as const;
