import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { PeriodFleet } from './period-fleet.js';
import { serveGroups } from './serve-groups.js';

/** Containers of the first period that whole numbers left without a place are served by a node more, where that costs less. */
export const serveRest = (prepared: Prepared, draft: Draft): Draft => {
  const fleet = new PeriodFleet(prepared, 0, (unit) => draft.nodes[unit]![0]!);
  prepared.pairs.forEach((_, pair) => fleet.put(pair, draft.served[pair]![0]!));
  serveGroups(prepared, fleet, (unit) => prepared.units[unit]!.held, 'container');
  const first = (values: readonly Float64Array[], now: Float64Array): Float64Array[] =>
    values.map((counts, index) => counts.map((count, period) => (period === 0 ? now[index]! : count)));
  return { nodes: first(draft.nodes, fleet.nodes), served: first(draft.served, fleet.served) };
};
