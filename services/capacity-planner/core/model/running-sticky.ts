import type { PlanningProblem } from '../planning-problem.js';
import type { Cell, Prepared, PreparedGroup, Unit } from './prepared.js';

/** Containers of sticky groups, by the cell that they stand in now; those that are wanted no more are not held. */
export const runningSticky = (
  { fleet, policy }: PlanningProblem,
  groups: readonly PreparedGroup[],
  cells: readonly Cell[],
  units: readonly Unit[],
): Prepared['sticky'] => {
  const groupOf = new Map(groups.map((entry) => [entry.group.groupId, entry]));
  const unitOf = new Map(
    units.flatMap((unit) => unit.members.map(({ offer }) => [offer.offerId, unit] as const)),
  );
  const found = new Map<string, { group: number; cell: number; containers: number; moveMicroUsd: number }>();
  for (const { groupId, offerId, containers } of fleet.running) {
    const entry = groupOf.get(groupId);
    const unit = unitOf.get(offerId);
    if (entry?.group.movement !== 'sticky' || unit === undefined) continue;
    const taken = cells[unit.cell]?.slots[entry.index] ?? 0;
    if (taken === 0) continue;
    const key = `${entry.index}/${unit.cell}`;
    const moveMicroUsd = Math.round(
      (unit.prices.listMicroUsdPerHour / unit.slots) * taken * policy.stability.moveCostHours,
    );
    const before = found.get(key);
    found.set(key, {
      group: entry.index,
      cell: unit.cell,
      containers: Math.min((before?.containers ?? 0) + containers, entry.wanted[0] ?? 0),
      moveMicroUsd: before?.moveMicroUsd ?? moveMicroUsd,
    });
  }
  return [...found.values()].toSorted((a, b) => a.group - b.group || a.cell - b.cell);
};
