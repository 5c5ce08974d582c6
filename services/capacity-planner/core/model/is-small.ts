import type { Prepared } from './prepared.js';
import { containerSlots } from './slots.js';

/** Is so little held and wanted that every period is planned in whole nodes? */
export const isSmall = ({
  problem,
  periods,
  groups,
  units,
}: Pick<Prepared, 'problem' | 'periods' | 'groups' | 'units'>): boolean => {
  const held = units.reduce((sum, unit) => sum + unit.slots * unit.held, 0);
  const most = periods.reduce(
    (peak, _, period) =>
      Math.max(
        peak,
        groups.reduce(
          (sum, { group, wanted }) => sum + wanted[period]! * containerSlots(group, problem.policy.cpuSlot),
          0,
        ),
      ),
    held,
  );
  return most < problem.policy.solve.allIntegerBelowGpus;
};
