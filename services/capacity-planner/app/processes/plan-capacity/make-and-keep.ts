import { approvalOf, isShortNow, policyAt, summarizePlan, type Plan } from '@slipway/capacity-planner-core';
import type { CatalogueView } from '../../catalogue/catalogue-view.js';
import type { StoredPlan } from '../../store/plan-store.js';
import type { CycleParts } from './cycle-parts.js';
import type { Known } from './gather-known.js';
import { hashInputs } from './hash-inputs.js';
import type { KeptPlan } from './ports.js';

/** A plan that is kept, the catalogue that it was made of at last, and how long that took. */
export type MadePlan = Readonly<{ kept: KeptPlan; catalogue: CatalogueView; seconds: number }>;

/** Makes a plan, keeps it with all that it was made from, and writes down that it was made and whether a person is to approve it. */
export const makeAndKeep = async (known: Known, trigger: string, parts: CycleParts): Promise<MadePlan> => {
  const { now, state, plans, catalogues, policy } = parts;
  const startedAt = performance.now();
  const { catalogue, problem, plan } = await makeBest(known, parts);
  warnOfLeftOut(plan, parts);
  const inputsHash = hashInputs(problem);
  const stored: StoredPlan = {
    // The moment is an input too, so no two plans have one id.
    planId: `pl-${inputsHash.slice(0, 24)}`,
    madeAt: problem.at,
    trigger,
    inputsHash,
    catalogueVersion: catalogue.version,
    plan,
  };
  await catalogues.save(catalogue, now());
  await plans.save(stored, problem);
  const summary = summarizePlan(plan, stored);
  await state.record(({ control, decisions }) => {
    // A limit that was set while the plan was being made binds it too.
    const { guardrails } = policyAt(control, problem.at, policy);
    const approval = approvalOf(plan.cost, guardrails, decisions.verdict, problem.at);
    return [{ type: 'plan-made', data: { planId: stored.planId, summary, approval } }];
  }, problem.at);
  return { kept: { stored, problem }, catalogue, seconds: (performance.now() - startedAt) / 1_000 };
};

/** Asking again costs nothing beside somebody whom nothing is bought for: a plan that leaves one is made anew with old refusals doubted. */
const makeBest = async (
  known: Known,
  { catalogue, makePlan }: CycleParts,
): Promise<Known & Readonly<{ plan: Plan }>> => {
  const plan = await makePlan(known.problem);
  if (!isShortNow(plan)) return { ...known, plan };
  const doubting = await catalogue.current('doubted');
  if (doubting.version === known.catalogue.version) return { ...known, plan };
  const problem = { ...known.problem, offers: doubting.offers };
  return { catalogue: doubting, problem, plan: await makePlan(problem) };
};

const warnOfLeftOut = ({ solution: { size } }: Plan, { logger }: CycleParts): void => {
  const { leftOutUnits } = size;
  if (leftOutUnits !== undefined)
    logger.warn(
      { leftOutUnits },
      'the catalogue is too large to be looked at whole: its dearest were left out',
    );
};
