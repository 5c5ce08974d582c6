import type { Prepared, Unit } from '../model/prepared.js';
import type { Plan } from '../plan/plan.js';
import type { OfferChoice } from './explanation.js';
import { obstaclesOf } from './obstacles.js';
import { priceSteps } from './price-steps.js';
import { speaksFor } from './speaks-for.js';

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
              ...slower(unit, other),
              ...obstaclesOf(prepared, other, {
                ...{ nodes: nodesOf(other), cap: other.cap, nodesOf },
              }).map(({ because }) => because),
              ...speaksFor(prepared, plan, unit),
            ],
          },
        },
      ];
    }),
  );
};

/** Who waits for a node waits at a price. */
const slower = (unit: Unit, other: Unit): readonly string[] => {
  const [own, its] = [unit, other].map(({ offer }) => Math.round(offer.behaviour.leadMs / 60_000)) as [
    number,
    number,
  ];
  return its > own ? [`its nodes come after ${its} minutes, these after ${own}`] : [];
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
