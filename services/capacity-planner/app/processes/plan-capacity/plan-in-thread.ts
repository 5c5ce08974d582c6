import type { Plan, PlanningProblem } from '@slipway/capacity-planner-core';
import { answerFromThread } from '../../threads/answer-from-thread.js';

/** What comes on top of the solver's own limit: the model is built, the plan read back and checked. */
const GRACE_MS = 60_000;
/** So many of a plan's faults are told. */
const TOLD_FAULTS = 3;

type Answer = Readonly<{ plan: Plan; faults: readonly string[] }>;

/**
 * Plans in a thread of its own, so that the process answers meanwhile, and has the plan checked by rules that share no code with
 * the planner. Rejects where the thread dies, hangs, or made a plan that is not sound.
 */
export const planInThread = async (
  problem: PlanningProblem,
  program: URL = new URL('./make-plan.thread.js', import.meta.url),
): Promise<Plan> => {
  const limitMs = problem.policy.solve.timeLimitMs + GRACE_MS;
  const { plan, faults } = await answerFromThread<Answer>({
    program,
    what: 'planning',
    input: problem,
    limitMs,
  });
  if (faults.length > 0) throw new Error(`the plan is not sound: ${told(faults)}`);
  return plan;
};

const told = (faults: readonly string[]): string =>
  [
    ...faults.slice(0, TOLD_FAULTS),
    ...(faults.length > TOLD_FAULTS ? [`and ${faults.length - TOLD_FAULTS} more`] : []),
  ].join('; ');
