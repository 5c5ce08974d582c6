import type { Prepared } from '../model/prepared.js';
import type { Plan } from '../plan/plan.js';
import type { PlannerPorts } from '../ports.js';
import { attempt, type Attempt } from './attempt.js';
import { byRules } from './by-rules.js';
import { cheapest } from './candidate.js';
import { chooseIntegrality } from './choose-integrality.js';
import { foundOf } from './found-of.js';
import { planOf } from './plan-of.js';

/** Nobody looks for a better plan than one that is this near to the bound. */
const NEAR = 0.02;

/**
 * The solver comes first: rules of thumb are far behind it in a large fleet. Where it is near its bound they are only there to be
 * compared with.
 */
export const planLarge = async (
  prepared: Prepared,
  solver: PlannerPorts['solver'],
  { compared }: Readonly<{ compared: boolean }>,
): Promise<Plan> => {
  const solved = await attempt(prepared, solver, undefined, {
    integrality: chooseIntegrality(prepared),
    timeLimitMs: prepared.problem.policy.solve.timeLimitMs,
  });
  const candidates = !compared && isNear(solved) ? solved.found : [...solved.found, ...byRules(prepared)];
  return planOf(prepared, candidates, foundOf(solved));
};

const isNear = ({ found, result }: Attempt): boolean =>
  found.length > 0 &&
  'bound' in result &&
  result.bound !== undefined &&
  cheapest(found).totalMicroUsd * (1 - NEAR) <= result.bound * 1e6;
