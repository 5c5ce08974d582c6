import { adviseTerms } from '@slipway/capacity-planner-core';
import type { AskOf, PlanTerms } from '@slipway/contracts';
import type { CatalogueStore } from '../store/catalogue-store.js';
import type { KeptPlans } from './kept-plans.js';

/** What terms on offer would have saved on the horizon of a plan, by the catalogue that it was made from. Nothing is bought. */
export class TermAnswers {
  constructor(
    private readonly plans: KeptPlans,
    private readonly catalogues: CatalogueStore,
  ) {}

  async of({ planId }: AskOf<'capacity-planner.plan-terms'>): Promise<PlanTerms> {
    const { plan, catalogueVersion, ...stored } = await this.plans.find(planId);
    const problem = await this.plans.problemOf(stored.planId);
    const catalogue = await this.catalogues.find(catalogueVersion);
    return {
      planId: stored.planId,
      horizonMs: plan.periods.reduce((sum, { lengthMs }) => sum + lengthMs, 0),
      terms: adviseTerms(plan, problem, catalogue?.terms ?? []),
    };
  }
}
