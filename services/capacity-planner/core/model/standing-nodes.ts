import type { PlanningProblem } from '../planning-problem.js';
import type { Cell, PreparedGroup, PreparedNode, Unit } from './prepared.js';

/**
 * The sticky containers on each node that is held, by unit, those on their way and then the emptiest first: those go first. Nothing where a fleet is known by
 * counts alone.
 */
export const standingNodes = (
  { fleet }: PlanningProblem,
  groups: readonly PreparedGroup[],
  cells: readonly Cell[],
  units: readonly Unit[],
): readonly (readonly PreparedNode[])[] => {
  if (fleet.nodes === undefined) return units.map(() => []);
  const byOffer = Map.groupBy(fleet.nodes, ({ offerId }) => offerId);
  const groupOf = new Map(
    groups
      .filter(({ group }) => group.movement === 'sticky')
      .map(({ group, index }) => [group.groupId, index]),
  );
  return units.map(({ members, cell, slots, held, starting }) => {
    const known = members
      .flatMap(({ offer }) => byOffer.get(offer.offerId) ?? [])
      .map(({ running }): PreparedNode => {
        const containers = new Map<number, number>();
        let free = slots;
        for (const { groupId, containers: count } of running) {
          const group = groupOf.get(groupId);
          const taken = group === undefined ? 0 : (cells[cell]!.slots[group] ?? 0);
          if (taken === 0) continue;
          containers.set(group!, count);
          free -= taken * count;
        }
        return { containers, free: Math.max(0, free) };
      })
      .toSorted((a, b) => countOn(b) - countOn(a))
      .slice(0, held - starting)
      .reverse();
    const empty = Array.from({ length: Math.max(0, held - known.length) }, (): PreparedNode => ({
      containers: new Map(),
      free: slots,
    }));
    return [...empty, ...known];
  });
};

const countOn = ({ containers }: PreparedNode): number =>
  [...containers.values()].reduce((sum, count) => sum + count, 0);

/** Slots of a node that containers of at least `size` cannot use, since smaller ones stand in between. */
export const strandedSlots = (
  { containers, free }: PreparedNode,
  { slots }: Cell,
  nodeSlots: number,
  size: number,
): number => {
  let used = size * Math.floor(free / size);
  for (const [group, count] of containers) if (slots[group]! >= size) used += slots[group]! * count;
  return Math.max(0, size * Math.floor(nodeSlots / size) - used);
};
