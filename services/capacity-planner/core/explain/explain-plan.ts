import { prepare } from '../model/prepare.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { PlannerPorts } from '../ports.js';
import { explainChoices } from './explain-choices.js';
import { bindingRules, marginalGpus } from './explain-duals.js';
import { ANSWER_PARTS_BEGIN_WITHIN_MS, type ExplainPorts } from './explain-ports.js';
import type { BindingRule, Explanation, MarginalGpu } from './explanation.js';
import { gpuPrices } from './gpu-prices.js';
import { gpuProbes } from './gpu-probes.js';
import { NO_TIME } from './left-out.js';
import { countWishes, weighRules } from './rule-worths.js';
import { solveRelaxed } from './solve-relaxed.js';

/** Prices of rules and of one more GPU, or why there are none. */
export type Prices = Readonly<
  | {
      binding: readonly BindingRule[];
      marginal: readonly MarginalGpu[];
      objectiveUsd: number;
    }
  | { without: string }
>;

/**
 * The duals of the linear program: what a fleet that may be divided would pay for one more of something, which is what a large
 * fleet pays.
 */
export const readPrices = async (problem: PlanningProblem, ports: PlannerPorts): Promise<Prices> => {
  const { prepared, layout, result } = await solveRelaxed(problem, ports, 'fixed-lp');
  if (result.status === 'failed') return { without: result.because };
  if (!result.duals) return { without: 'the solver gave no duals' };
  return {
    binding: bindingRules(prepared, layout, result.duals),
    marginal: marginalGpus(prepared, layout, result.duals),
    objectiveUsd: result.objective,
  };
};

/** Why the plan holds what it holds, what one more GPU of a type or of a group would cost, and what each rule and each wish does. */
export const explainPlan = async (
  problem: PlanningProblem,
  plan: Plan,
  ports: ExplainPorts,
): Promise<Explanation> => {
  const prepared = prepare(problem, { presolve: 'merge-only' });
  const choices = explainChoices(prepared, plan);
  const prices = await readPrices(problem, ports);
  if ('without' in prices) return { choices, ...prices, binding: [], marginal: [], ...NOTHING_ASKED };
  const { binding, marginal, objectiveUsd } = prices;
  const firstMs = ports.elapsedMs();
  if (firstMs > ANSWER_PARTS_BEGIN_WITHIN_MS.solvingAgain)
    return {
      ...{ choices, binding, marginal, ...NOTHING_ASKED },
      ...{ notPriced: gpuProbes(problem).length, notPricedBecause: NO_TIME },
      ...{ notWeighed: countWishes(problem), notWeighedBecause: NO_TIME },
      without: `the program takes ${Math.round(firstMs / 1_000)} s to be built and solved: prices by GPU type, of pins and of floors would need that again and again`,
    };
  const wanted = new Map(plan.service.map((service) => [service.groupId, service.wanted[0] ?? 0]));
  const weight = new Map(
    marginal.map(({ groupId, microUsdPerContainerHour }) => [
      groupId,
      microUsdPerContainerHour * (wanted.get(groupId) ?? 0),
    ]),
  );
  const priced = await gpuPrices(prepared, objectiveUsd, ports);
  const weighed = await weighRules(problem, objectiveUsd, (groupId) => weight.get(groupId) ?? 0, ports);
  return { choices, binding, marginal, ...priced, ...weighed };
};

const NOTHING_ASKED = { gpus: [], notPriced: 0, worths: [], notWeighed: 0 } as const;
