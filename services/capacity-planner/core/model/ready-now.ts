import { standOnNodes } from '../plan/stand-on-nodes.js';
import type { Prepared } from './prepared.js';

/**
 * How many containers of each group the nodes that are held serve at once. A node that is to go serves until others are there for
 * what stands on it, so that nobody waits for being moved: late is only who finds no room now.
 */
export const readyNow = (prepared: Omit<Prepared, 'ready'>): readonly number[] => {
  const { units, pairs, sticky, groups } = prepared;
  const stays = new Map(sticky.map(({ group, cell, containers }) => [`${group}/${cell}`, containers]));
  const { waiting } = standOnNodes(prepared, {
    nodes: units.map(({ held }) => Float64Array.of(held)),
    served: pairs.map(({ group, cell }) => Float64Array.of(stays.get(`${group}/${cell}`) ?? 0)),
  });
  return groups.map(({ index, wanted }) => (wanted[0] ?? 0) - waiting[index]!);
};
