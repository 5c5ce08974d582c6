import type { PlanningProblem } from '@slipway/capacity-planner-core';
import { refuse, RefusedError } from '@slipway/kernel';
import type { PlannerState } from '../journal/planner-state.js';
import type { PlanStore, StoredPlan } from '../store/plan-store.js';

/** Plans as people name them. */
export class PlanFinder {
  constructor(
    private readonly state: PlannerState,
    private readonly plans: PlanStore,
  ) {}

  /** A plan by its id, or the one that a word says. Throws a refusal. */
  async find(planId: string): Promise<StoredPlan> {
    const { inForce, newest: logged } = this.state.decisions;
    if (planId === 'latest') {
      const newest = await this.plans.newest(logged?.planId);
      if (newest !== undefined) return newest;
      throw noPlan('There is no plan yet: one is made as soon as something is wanted.');
    }
    const wanted = planId === 'in-force' ? inForce?.planId : planId;
    if (wanted === undefined) throw noPlan('No plan is in force.');
    const stored = await this.plans.find(wanted);
    if (stored === undefined)
      throw noPlan(
        `There is no plan '${planId}'; plans are kept for two weeks. latest and in-force are words for two of them.`,
      );
    return stored;
  }

  /** All that a plan was made from. Throws a refusal. */
  async problemOf(planId: string): Promise<PlanningProblem> {
    const problem = await this.plans.problemOf(planId);
    if (problem === undefined) throw noPlan(`The inputs of plan '${planId}' are no longer kept.`);
    return problem;
  }
}

const noPlan = (message: string): RefusedError =>
  new RefusedError(refuse('not-found', 'plan-not-found', message));
