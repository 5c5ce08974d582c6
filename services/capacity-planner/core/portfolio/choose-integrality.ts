import type { Prepared } from '../model/prepared.js';
import { containerSlots } from '../model/slots.js';
import type { Integrality } from '../program/integrality.js';

/** All periods in whole numbers while the fleet is small, where fractions mislead most; else the first ones. */
export const chooseIntegrality = ({ problem, periods, groups, units }: Prepared): Integrality => {
  const { allIntegerBelowGpus, integerPeriods } = problem.policy.solve;
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
  return most < allIntegerBelowGpus
    ? { periods: periods.length, flows: 'integer' }
    : { periods: Math.min(integerPeriods, periods.length), flows: 'continuous' };
};
