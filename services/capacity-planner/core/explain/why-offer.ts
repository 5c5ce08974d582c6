import type { OfferExplanation } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import { prepare } from '../model/prepare.js';
import type { Prepared, Unit } from '../model/prepared.js';
import { nodesAfter, nodesBefore } from '../plan/diff-plans.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { listPriceFor, slotPrice } from './container-price.js';
import { groupChoices } from './group-choices.js';
import { obstaclesOf } from './obstacles.js';
import { decisiveRival, rivalsOf } from './rivals.js';
import { sayWhy } from './say-why.js';
import { speaksFor } from './speaks-for.js';

const MOST_ALTERNATIVES = 10;

/**
 * Why an offer was bought or not: its price from the list to what it is worth, what stands against it, which groups could use it and
 * what those pay where they stand, who else could serve them, and at which list price the choice would turn.
 */
export const whyOffer = (
  problem: PlanningProblem,
  plan: Plan,
  offerId: string,
): OfferExplanation | Refusal => {
  const offer = problem.offers.find((known) => known.offerId === offerId);
  if (offer === undefined)
    return refuse(
      'not-found',
      'no-such-offer',
      `The plan's catalogue has no offer '${offerId}'; the list of offers has all of them, and that of rejected rows what was left out.`,
    );
  const prepared = prepare(problem, { presolve: 'merge-only' });
  const unit = prepared.units.find(({ members }) =>
    members.some((member) => member.offer.offerId === offerId),
  );
  const groups = groupChoices(prepared, plan, offer, unit);
  const shared = {
    offerId,
    nodesNow: nodesBefore(plan).get(offerId) ?? 0,
    nodes: nodesAfter(plan).get(offerId) ?? 0,
    listMicroUsdPerNodeHour: offer.billing.priceMicroUsdPerNodeHour,
    serves: plan.flows
      .filter((flow) => flow.offerId === offerId && flow.containers > 0)
      .map(({ groupId, containers }) => ({ demandKey: groupId, containers })),
    groups,
  };
  if (unit !== undefined && groups.some(({ because }) => because === undefined))
    return { ...shared, ...weigh(prepared, plan, unit, shared) };
  return {
    ...shared,
    verdict: 'of-no-use',
    qualityMicroUsdPerNodeHour: unit?.prices.qualityMicroUsdPerHour ?? 0,
    preemptionMicroUsdPerNodeHour: unit?.prices.preemptionMicroUsdPerHour ?? 0,
    ...{ alternatives: [], obstacles: [] },
    because:
      groups.length === 0
        ? `no group that wants containers accepts its GPU, ${offer.shape.gpuType}`
        : `none of the ${groups.length} groups that accept its GPU may stand on it`,
  };
};

type Known = Pick<OfferExplanation, 'offerId' | 'nodes' | 'groups'>;
type WeighedPart = Omit<OfferExplanation, keyof Known | 'nodesNow' | 'listMicroUsdPerNodeHour' | 'serves'>;

const weigh = (
  prepared: Prepared,
  plan: Plan,
  unit: Unit,
  { offerId, nodes, groups }: Known,
): WeighedPart => {
  const held = nodesAfter(plan);
  const nodesOf = ({ members }: Unit): number =>
    members.reduce((sum, { offer }) => sum + (held.get(offer.offerId) ?? 0), 0);
  const { cap } = unit.members.find((member) => member.offer.offerId === offerId)!;
  const obstacles = obstaclesOf(prepared, unit, { nodes, cap, nodesOf });
  const rivals = rivalsOf(prepared, unit, plan, offerId);
  const perSlot = slotPrice(unit);
  const bought = nodes > 0;
  const decisive = decisiveRival(rivals, bought, perSlot);
  const turnsAt = decisive?.perSlot ?? (bought ? undefined : perSlotElsewhere(prepared, unit, groups));
  return {
    verdict: bought ? 'bought' : 'not-bought',
    qualityMicroUsdPerNodeHour: unit.prices.qualityMicroUsdPerHour,
    preemptionMicroUsdPerNodeHour: unit.prices.preemptionMicroUsdPerHour,
    obstacles,
    alternatives: rivals.slice(0, MOST_ALTERNATIVES).map((rival) => ({
      offerId: rival.offerId,
      effectiveMicroUsdPerSlotHour: Math.round(rival.perSlot),
      nodes: rival.nodes,
      atCap: rival.nodes >= rival.cap,
    })),
    ...(turnsAt === undefined ? {} : { turnsAtMicroUsdPerNodeHour: listPriceFor(unit, turnsAt) }),
    because: [
      sayWhy({ bought, perSlot, decisive, obstacles, groups }),
      ...speaksFor(prepared, plan, unit),
    ].join('; '),
  };
};

/** What a slot here may cost for a group to be as well off as where it stands: the most that any would pay. */
const perSlotElsewhere = (
  { cells, groups: known }: Prepared,
  unit: Unit,
  groups: OfferExplanation['groups'],
): number | undefined => {
  const cell = cells[unit.cell]!;
  const most = groups.flatMap(({ demandKey, because, standsOn }) => {
    const index = known.findIndex(({ group }) => group.groupId === demandKey);
    if (because !== undefined) return [];
    return standsOn.map(
      ({ microUsdPerContainerHour }) =>
        (microUsdPerContainerHour - cell.egress[index]! - cell.risk[index]!) / cell.slots[index]!,
    );
  });
  return most.length === 0 ? undefined : Math.max(...most);
};
