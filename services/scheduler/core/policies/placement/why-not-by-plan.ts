import type { CouldNotFollow, PlanFlow } from '@slipway/contracts';
import { lackingFlows } from './lacking-flows.js';
import type { Candidate } from './place-task.js';

/** Why the plan had no place for a container: what the planner hears of it. */
export const whyNotByPlan = (
  candidates: readonly Candidate[],
  flows: readonly PlanFlow[],
): CouldNotFollow => {
  if (flows.length === 0) return { because: 'none-planned', offerIds: [] };
  const [first] = lackingFlows(candidates, flows);
  if (first === undefined) return { because: 'used-up', offerIds: flows.flatMap(({ offerIds }) => offerIds) };
  return { because: first.hosts.length === 0 ? 'hosts-absent' : 'hosts-full', offerIds: first.offerIds };
};
