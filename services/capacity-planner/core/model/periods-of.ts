import type { PlanningProblem } from '../planning-problem.js';
import type { PreparedPeriod } from './prepared.js';

const HOUR_MS = 3_600_000;

/** The periods of the horizon, one after another from the moment of planning. */
export const periodsOf = ({ at, policy }: PlanningProblem): PreparedPeriod[] => {
  let startsAt = at;
  return policy.horizon.periodsMs.map((lengthMs) => {
    const period = { startsAt, lengthMs, hours: lengthMs / HOUR_MS };
    startsAt += lengthMs;
    return period;
  });
};
