import type { Prepared, Unit } from '../model/prepared.js';
import type { Plan } from '../plan/plan.js';
import type { OfferChoice } from './explanation.js';
import { priceSteps } from './price-steps.js';
import { saidByOperators } from './said-by-operators.js';

/** For each offer of the first period: the cheapest other that could serve the same groups, and what would flip the choice. */
export const explainChoices = (prepared: Prepared, plan: Plan): OfferChoice[] => {
  const planned = new Map(plan.offers.map(({ offerId, nodes }) => [offerId, nodes[0]!]));
  const nodesOf = ({ members }: Unit): number =>
    members.reduce((sum, { offer }) => sum + (planned.get(offer.offerId) ?? 0), 0);
  const usersOf = prepared.units.map((unit) => usersOfUnit(prepared, plan, unit));
  return prepared.units.flatMap((unit) =>
    unit.members.flatMap(({ offer }): OfferChoice[] => {
      const nodes = planned.get(offer.offerId) ?? 0;
      if (nodes === 0) return [];
      const other = runnerUp(prepared, unit, usersOf[unit.index]!);
      const choice = { offerId: offer.offerId, nodes, price: priceSteps(unit) };
      if (other === undefined) return [choice];
      const own = priceSteps(unit).effectiveMicroUsdPerGpuHour;
      const price = priceSteps(other);
      const flipsAt = listPriceAt(other, own * Math.max(1, other.slots));
      return [
        {
          ...choice,
          runnerUp: {
            offerId: other.offer.offerId,
            price,
            dearerMicroUsdPerGpuHour: price.effectiveMicroUsdPerGpuHour - own,
            ...(flipsAt > 0 && { flipsAtMicroUsdPerNodeHour: flipsAt }),
            keptOutBy: [
              ...keptOutBy(prepared, other, nodesOf(other), nodesOf),
              ...saidByOperators(prepared, unit),
            ],
          },
        },
      ];
    }),
  );
};

/** The groups that the plan serves from the unit's cell in the first period; where none, all that could be. */
const usersOfUnit = ({ cells, groups }: Prepared, plan: Plan, { cell }: Unit): readonly number[] => {
  const { cellId, slots } = cells[cell]!;
  const served = new Set(plan.flows.filter((flow) => flow.cellId === cellId).map(({ groupId }) => groupId));
  const could = groups.filter(({ index }) => slots[index]! > 0);
  const now = could.filter(({ group }) => served.has(group.groupId));
  return (now.length > 0 ? now : could).map(({ index }) => index);
};

const runnerUp = ({ cells, units }: Prepared, unit: Unit, users: readonly number[]): Unit | undefined =>
  units
    .filter(
      (other) =>
        other.index !== unit.index &&
        other.open[0] &&
        users.every((group) => cells[other.cell]!.slots[group]! > 0),
    )
    .toSorted(
      (a, b) =>
        priceSteps(a).effectiveMicroUsdPerGpuHour - priceSteps(b).effectiveMicroUsdPerGpuHour ||
        a.index - b.index,
    )[0];

/** The list price at which a node's effective price would be so much: quality is a share of the list, preemptions are not. */
const listPriceAt = ({ prices, offer }: Unit, effectiveMicroUsd: number): number =>
  Math.round(
    (effectiveMicroUsd - prices.preemptionMicroUsdPerHour) *
      offer.behaviour.performance *
      offer.behaviour.health,
  );

const keptOutBy = (
  { quotas, markets, units, problem }: Prepared,
  other: Unit,
  nodes: number,
  nodesOf: (unit: Unit) => number,
): string[] => {
  const used = (within: readonly number[]): number =>
    within.reduce((sum, index) => sum + nodesOf(units[index]!) * units[index]!.slots, 0);
  const reasons: string[] = [];
  if (nodes >= other.cap) reasons.push(`all ${other.cap} nodes that can be had are taken`);
  for (const { quota, limit, units: within } of quotas)
    if (within.includes(other.index) && used(within) + other.slots > limit)
      reasons.push(`quota ${quota.quotaId} of ${quota.limit}`);
  const market = markets[other.market];
  if (market && used(market.units) + other.slots > market.limit[0]!)
    reasons.push(`spot market ${market.name} may carry ${Math.round(market.limit[0]! * 10) / 10} GPUs`);
  if (nodes === 0 && other.held === 0) {
    const { startCostHours, changeReluctanceHours } = problem.policy.stability;
    reasons.push(`a start costs ${startCostHours + changeReluctanceHours} hours of its price`);
  }
  return reasons;
};
