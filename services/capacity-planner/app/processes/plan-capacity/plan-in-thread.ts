import { Worker } from 'node:worker_threads';
import type { Plan, PlanningProblem } from '@slipway/capacity-planner-core';

/** What comes on top of the solver's own limit: the model is built, the plan read back and checked. */
const GRACE_MS = 60_000;
/** So many of a plan's faults are told. */
const TOLD_FAULTS = 3;

type Answer = Readonly<{ plan: Plan; faults: readonly string[] }>;

/**
 * Plans in a thread of its own, so that the process answers meanwhile, and has the plan checked by rules that share no code with
 * the planner. Rejects where the thread dies, hangs, or made a plan that is not sound.
 */
export const planInThread = (
  problem: PlanningProblem,
  program: URL = new URL('./make-plan.thread.js', import.meta.url),
): Promise<Plan> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(program, { workerData: problem, name: 'plan' });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void thread.terminate();
    };
    const fail = (because: string): void => end(() => reject(new Error(because)));
    const limitMs = problem.policy.solve.timeLimitMs + GRACE_MS;
    const timer = setTimeout(() => fail(`planning did not end within ${limitMs / 1_000} s`), limitMs);
    thread.once('message', ({ plan, faults }: Answer) =>
      faults.length === 0 ? end(() => resolve(plan)) : fail(`the plan is not sound: ${told(faults)}`),
    );
    thread.once('error', (error) => fail(`planning failed: ${firstLine(error)}`));
    thread.once('exit', (code) => fail(`the planning thread ended with ${code} before it had a plan`));
  });

const told = (faults: readonly string[]): string =>
  [
    ...faults.slice(0, TOLD_FAULTS),
    ...(faults.length > TOLD_FAULTS ? [`and ${faults.length - TOLD_FAULTS} more`] : []),
  ].join('; ');

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 300);
