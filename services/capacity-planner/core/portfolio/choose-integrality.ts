import { isSmall } from '../model/is-small.js';
import type { Prepared } from '../model/prepared.js';
import type { Integrality } from '../program/integrality.js';

/** All periods in whole numbers while the fleet is small, where fractions mislead most; else the first ones. */
export const chooseIntegrality = (prepared: Prepared): Integrality =>
  isSmall(prepared)
    ? { periods: prepared.periods.length, flows: 'integer' }
    : {
        periods: Math.min(prepared.problem.policy.solve.integerPeriods, prepared.periods.length),
        flows: 'continuous',
      };
