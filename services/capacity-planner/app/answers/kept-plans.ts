import type { PlanningProblem } from '@slipway/capacity-planner-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { PlannerState } from '../journal/planner-state.js';
import type { PlanStore, StoredPlan } from '../store/plan-store.js';
import { UnreadableError } from '../store/unreadable-error.js';

/** Plans that are kept, as they are asked for. */
export class KeptPlans {
  constructor(
    private readonly state: PlannerState,
    private readonly plans: PlanStore,
  ) {}

  /** A plan by its id, or the one that a word says. Throws a refusal. */
  async find(planId: string): Promise<StoredPlan> {
    if (planId === 'latest') {
      const newest = await this.newest();
      if (newest !== undefined) return newest;
      throw noPlan('There is no plan yet: one is made as soon as something is wanted.');
    }
    const wanted = planId === 'in-force' ? this.state.decisions.inForce?.planId : planId;
    if (wanted === undefined) throw noPlan('No plan is in force.');
    const stored = await this.plans.find(wanted);
    if (stored === undefined)
      throw noPlan(
        `There is no plan '${planId}'; plans are kept for two weeks. latest and in-force are words for two of them.`,
      );
    return stored;
  }

  newest(): Promise<StoredPlan | undefined> {
    return this.plans.newest(this.state.decisions.newest?.planId);
  }

  /** What it was made from. Throws a refusal. */
  async problemOf(planId: string): Promise<PlanningProblem> {
    const problem = await this.read(planId);
    if (problem instanceof UnreadableError)
      throw new RefusedError(
        refuse('unavailable', 'plan-damaged', `Nothing can be said: ${problem.message}.`),
      );
    if (problem === undefined) throw noPlan(`The inputs of plan '${planId}' are no longer kept.`);
    return problem;
  }

  /** What it was made from, for who can do without; undefined where that is damaged or no longer kept. */
  async readableProblemOf(planId: string): Promise<PlanningProblem | undefined> {
    const problem = await this.read(planId);
    return problem instanceof UnreadableError ? undefined : problem;
  }

  private read(planId: string): Promise<PlanningProblem | UnreadableError | undefined> {
    return this.plans.problemOf(planId).catch((error: unknown) => {
      if (error instanceof UnreadableError) return error;
      throw error;
    });
  }
}

const noPlan = (message: string): RefusedError =>
  new RefusedError(refuse('not-found', 'plan-not-found', message));
