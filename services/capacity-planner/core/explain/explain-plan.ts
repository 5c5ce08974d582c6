import { prepare } from '../model/prepare.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { PlannerPorts } from '../ports.js';
import { buildProgram } from '../program/build-program.js';
import { explainChoices } from './explain-choices.js';
import { bindingRules, marginalGpus } from './explain-duals.js';
import type { Explanation } from './explanation.js';

/**
 * Why the plan holds what it holds. Prices of rules and of one more GPU are the duals of the linear program: what a fleet that may be
 * divided would pay for one more, which is what a large fleet pays.
 */
export const explainPlan = async (
  problem: PlanningProblem,
  plan: Plan,
  { solver }: PlannerPorts,
): Promise<Explanation> => {
  const prepared = prepare(problem, { presolve: 'merge-only' });
  const { program, layout } = buildProgram(prepared, { periods: 0, flows: 'continuous' });
  const result = await solver.solve({
    program,
    timeLimitMs: problem.policy.solve.timeLimitMs,
    relativeGap: problem.policy.solve.relativeGap,
    duals: 'fixed-lp',
  });
  const choices = explainChoices(prepared, plan);
  if (result.status === 'failed') return { choices, binding: [], marginal: [], without: result.because };
  if (!result.duals) return { choices, binding: [], marginal: [], without: 'the solver gave no duals' };
  return {
    choices,
    binding: bindingRules(prepared, layout, result.duals),
    marginal: marginalGpus(prepared, layout, result.duals),
  };
};
