import type { Instant } from '@slipway/kernel';
import { observe, pricedOffers } from './observe.js';
import type { CapacityPolicy, Observation, Refusal, Wish } from './policy-port.js';
import type { FlowsLeft } from './nodes/placing.js';
import type { Run } from './run.js';

/** A vendor says no at once: the same step asks again, so often at most. */
const MOST_ROUNDS = 40;

type Moment = Readonly<{
  step: number;
  at: Instant;
  wanted: readonly number[];
  losses: Observation['losses'];
}>;

/** Asks what the policy wants until nothing of it is refused; starts are done at once, stops and flows are those of its last word. */
export const askPolicy = async (
  run: Run,
  policy: CapacityPolicy,
  { step, at, wanted, losses }: Moment,
): Promise<FlowsLeft> => {
  const offers = pricedOffers(run.period, step);
  const refusals: Refusal[] = [];
  let wish: Wish | undefined;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    wish = await policy.decide(
      observe(run.period, run.fleet, { step, round, offers, wanted, refusals: [...refusals], losses }),
    );
    const refused = startNodes(run, wish, step, at);
    refusals.push(...refused);
    if (refused.length === 0) break;
  }
  const stops = new Set(wish!.stops);
  for (const node of run.fleet.nodes) node.draining = stops.has(node.nodeId);
  return flowsOf(run, wish!);
};

const startNodes = (
  { fleet, accountant, offerIndex }: Run,
  wish: Wish,
  step: number,
  at: Instant,
): readonly Refusal[] => {
  const refused: Refusal[] = [];
  for (const { offerId, nodes, keepFor } of wish.starts) {
    if (!Number.isInteger(nodes) || nodes < 0)
      throw new Error(`a start of ${nodes} nodes of ${offerId} was wished for; it must be a whole number`);
    const offer = indexOf(offerIndex, offerId, 'offer');
    const before = fleet.nodes.length;
    const granted = fleet.start(offer, nodes, keepFor, step, at);
    for (const node of fleet.nodes.slice(before)) accountant.started(node);
    if (granted < nodes) {
      refused.push({ offerId, asked: nodes, granted });
      accountant.now.refusedStarts += nodes - granted;
    }
  }
  return refused;
};

const flowsOf = ({ groups, offerIndex, groupIndex }: Run, wish: Wish): FlowsLeft => {
  const flows = groups.map(() => new Map<number, number>());
  for (const { groupId, offerId, containers } of wish.flows) {
    const group = flows[indexOf(groupIndex, groupId, 'group')]!;
    const offer = indexOf(offerIndex, offerId, 'offer');
    group.set(offer, (group.get(offer) ?? 0) + Math.floor(containers));
  }
  return flows;
};

const indexOf = (indexes: ReadonlyMap<string, number>, id: string, what: string): number => {
  const index = indexes.get(id);
  if (index === undefined)
    throw new Error(`the policy named the ${what} ${id}, which the period does not have`);
  return index;
};
