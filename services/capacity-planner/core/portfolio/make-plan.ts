import { draftByRule } from '../heuristics/rules-of-thumb.js';
import { isSmall } from '../model/is-small.js';
import { prepare } from '../model/prepare.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { PlannerPorts } from '../ports.js';
import { candidate } from './candidate.js';
import { chooseIntegrality } from './choose-integrality.js';
import { planLarge } from './plan-large.js';
import { planOf } from './plan-of.js';
import { planSmall } from './plan-small.js';

/**
 * Plans: planners are asked, one evaluator scores them, the cheapest wins; of a small fleet its first step is rehearsed. The solver's
 * bound is reported beside whichever won; where the solver fails, a rule of thumb's plan is the plan, and says so. Who plans very
 * often, and shows nobody what rules of thumb would have cost, leaves out with `compared` those that cannot win.
 */
export const makePlan = async (
  problem: PlanningProblem,
  { solver }: PlannerPorts,
  { compared = true }: Readonly<{ compared?: boolean }> = {},
): Promise<Plan> => {
  const prepared = prepare(problem);
  if (prepared.frozen)
    return planOf(prepared, [candidate(prepared, 'keep', draftByRule(prepared, 'keep'))], {
      story: { status: 'not-asked', because: prepared.frozen.because },
      solveMs: 0,
      integrality: chooseIntegrality(prepared),
      size: { columns: 0, integers: 0, rows: 0 },
    });
  return isSmall(prepared) ? planSmall(prepared, solver) : planLarge(prepared, solver, { compared });
};
