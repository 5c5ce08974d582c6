import type { CouldNotFollow, PlanFlow, Resources } from '@slipway/contracts';
import { placeByPlan } from './place-by-plan.js';
import { placeTask, type Candidate, type Placement } from './place-task.js';
import { whyNotByPlan } from './why-not-by-plan.js';

export type ChosenPlace = Placement &
  Readonly<{ placedBy?: 'own-machine' | 'plan' | 'best-fit'; couldNotFollow?: CouldNotFollow }>;

/**
 * Without a plan in force (`flows` undefined) by best fit alone. With one: first on machines of the site's own, which cost
 * nothing more, then as the flows say, and by best fit where they are used up or their hosts are full or passed over.
 */
export const place = (
  need: Resources,
  candidates: readonly Candidate[],
  flows: readonly PlanFlow[] | undefined,
): ChosenPlace | undefined => {
  if (flows === undefined) return placeTask(need, candidates);
  const own = placeTask(
    need,
    candidates.filter(({ offerId }) => offerId === undefined),
  );
  if (own !== undefined) return { ...own, placedBy: 'own-machine' };
  const planned = placeByPlan(need, candidates, flows);
  if (planned !== undefined) return { ...planned, placedBy: 'plan' };
  const fitting = placeTask(need, candidates);
  return (
    fitting && { ...fitting, placedBy: 'best-fit', couldNotFollow: whyNotByPlan(need, candidates, flows) }
  );
};
