import type { CouldNotFollow, PlanFlow, Resources } from '@slipway/contracts';
import { hasRoom } from './has-room.js';
import { lackingFlows } from './lacking-flows.js';
import type { Candidate } from './place-task.js';

/** Why the plan had no place for a container: what the planner hears of it. */
export const whyNotByPlan = (
  need: Resources,
  candidates: readonly Candidate[],
  flows: readonly PlanFlow[],
): CouldNotFollow => {
  if (flows.length === 0) return { because: 'none-planned', offerIds: [] };
  const [first] = lackingFlows(candidates, flows);
  if (first === undefined) return { because: 'used-up', offerIds: flows.flatMap(({ offerIds }) => offerIds) };
  return { because: whyNotOn(need, first.hosts), offerIds: first.offerIds };
};

const whyNotOn = (need: Resources, hosts: readonly Candidate[]): CouldNotFollow['because'] => {
  if (hosts.length === 0) return 'hosts-absent';
  const passedOver = hosts.filter(({ passedOverUntil }) => passedOverUntil !== undefined);
  return hasRoom(need, passedOver) ? 'hosts-passed-over' : 'hosts-full';
};
