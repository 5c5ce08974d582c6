import { PeriodFleet } from '../heuristics/period-fleet.js';
import { serveGroups } from '../heuristics/serve-groups.js';
import { standOnNodes } from '../plan/stand-on-nodes.js';
import type { Prepared } from './prepared.js';

/**
 * How many containers of each group the nodes that are there serve at once. A node that is to go serves until others are there for
 * what stands on it, so that nobody waits for being moved: late is only who finds no room now. Who may stand in few places has them
 * before those who may stand in many, as flows will say.
 */
export const readyNow = (beginning: Omit<Prepared, 'ready'>): readonly number[] => {
  const prepared: Prepared = { ...beginning, ready: undefined };
  const { units, pairs, sticky, groups } = prepared;
  const there = units.map(({ held, starting }) => held - starting);
  const fleet = new PeriodFleet(
    prepared,
    0,
    (unit) => there[unit]!,
    () => false,
  );
  const stays = new Map(sticky.map(({ group, cell, containers }) => [`${group}/${cell}`, containers]));
  for (const [pair, { group, cell }] of pairs.entries()) fleet.put(pair, stays.get(`${group}/${cell}`) ?? 0);
  serveGroups(prepared, fleet, (unit) => there[unit]!, 'slot');
  const { waiting } = standOnNodes(prepared, {
    nodes: there.map((nodes) => Float64Array.of(nodes)),
    served: pairs.map((_, pair) => Float64Array.of(fleet.served[pair]!)),
  });
  return groups.map(({ index, wanted }) => (wanted[0] ?? 0) - waiting[index]!);
};
