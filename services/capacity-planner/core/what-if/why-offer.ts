import type { OfferExplanation } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import { saidByOperators } from '../explain/said-by-operators.js';
import { prepare } from '../model/prepare.js';
import type { Prepared, Unit } from '../model/prepared.js';
import { nodesAfter, nodesBefore } from '../plan/diff-plans.js';
import type { Plan } from '../plan/plan.js';
import type { PlanningProblem } from '../planning-problem.js';

const MOST_ALTERNATIVES = 10;

type Rival = Readonly<{ offerId: string; effective: number; nodes: number; cap: number; unit: Unit }>;

/**
 * Why an offer was bought or not: its price from the list to what it is worth, whom it serves, who else could, and at which list
 * price the choice would turn. Offers of one cell serve the same groups, so price alone decides between them.
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
      `The plan's catalogue has no offer '${offerId}'; the list of offers has them all.`,
    );
  const prepared = prepare(problem, { presolve: 'merge-only' });
  const unit = prepared.units.find(({ members }) =>
    members.some((member) => member.offer.offerId === offerId),
  );
  const nodes = nodesAfter(plan).get(offerId) ?? 0;
  const shared = {
    offerId,
    nodesNow: nodesBefore(plan).get(offerId) ?? 0,
    nodes,
    listMicroUsdPerNodeHour: offer.billing.priceMicroUsdPerNodeHour,
    serves: plan.flows
      .filter((flow) => flow.offerId === offerId && flow.containers > 0)
      .map(({ groupId, containers }) => ({ demandKey: groupId, containers })),
  };
  if (unit === undefined)
    return {
      ...shared,
      verdict: 'of-no-use',
      qualityMicroUsdPerNodeHour: 0,
      preemptionMicroUsdPerNodeHour: 0,
      alternatives: [],
      because:
        'no group that wants containers may stand on it: its GPU, size, region, vendor or being spot is not what they accept',
    };
  const rivals = rivalsOf(prepared, unit, plan, offerId);
  const own = effectiveOf(unit);
  const bought = nodes > 0;
  const decisive = bought
    ? rivals.find(({ effective, nodes: held, cap }) => effective >= own && held < cap)
    : rivals.findLast(({ nodes: held }) => held > 0);
  return {
    ...shared,
    verdict: bought ? 'bought' : 'not-bought',
    qualityMicroUsdPerNodeHour: unit.prices.qualityMicroUsdPerHour,
    preemptionMicroUsdPerNodeHour: unit.prices.preemptionMicroUsdPerHour,
    alternatives: rivals.slice(0, MOST_ALTERNATIVES).map((rival) => ({
      offerId: rival.offerId,
      effectiveMicroUsdPerSlotHour: Math.round(rival.effective),
      nodes: rival.nodes,
      atCap: rival.nodes >= rival.cap,
    })),
    ...(decisive === undefined ? {} : { turnsAtMicroUsdPerNodeHour: listPriceFor(unit, decisive.effective) }),
    because: [sayWhy(bought, own, decisive), ...saidByOperators(prepared, unit)].join('; '),
  };
};

/** What one slot of a node costs in an hour, with its quality and its risk. */
const effectiveOf = ({ prices, slots }: Unit): number =>
  (prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour) /
  Math.max(1, slots);

/** The other offers of its cell, the cheapest first. */
const rivalsOf = ({ units }: Prepared, unit: Unit, plan: Plan, offerId: string): readonly Rival[] => {
  const held = nodesAfter(plan);
  return units
    .filter(({ cell }) => cell === unit.cell)
    .flatMap((rival) =>
      rival.members.map((member): Rival => ({
        offerId: member.offer.offerId,
        effective: effectiveOf(rival),
        nodes: held.get(member.offer.offerId) ?? 0,
        cap: member.cap,
        unit: rival,
      })),
    )
    .filter((rival) => rival.offerId !== offerId)
    .toSorted((a, b) => a.effective - b.effective || (a.offerId < b.offerId ? -1 : 1));
};

/** The list price at which a node is worth so much per slot; quality is a share of the list, risk is not. */
const listPriceFor = ({ prices, slots }: Unit, effective: number): number => {
  const share =
    (prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour) / Math.max(1, prices.listMicroUsdPerHour);
  return Math.max(0, Math.round((effective * Math.max(1, slots) - prices.preemptionMicroUsdPerHour) / share));
};

const dollars = (microUsd: number): string => `$${(microUsd / 1e6).toFixed(3)}`;

const sayWhy = (bought: boolean, own: number, decisive: Rival | undefined): string => {
  const mine = `${dollars(own)} a slot and hour with quality and risk`;
  if (bought)
    return decisive === undefined
      ? `at ${mine} it is needed: no other offer that serves the same groups has room left`
      : `at ${mine} it is no dearer than the next that has room, ${decisive.offerId} at ${dollars(decisive.effective)}`;
  if (decisive === undefined)
    return `at ${mine} nothing of its kind is bought: the groups that could use it are served elsewhere, or want nothing`;
  return own <= decisive.effective
    ? `at ${mine} it is no dearer than ${decisive.offerId}, which is bought; a rule, a quota, its size or the cost of changing stands against it`
    : `at ${mine} it is dearer than the dearest that is bought of its kind, ${decisive.offerId} at ${dollars(decisive.effective)}`;
};
