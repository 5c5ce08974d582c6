import type { PlanningProblem } from '../planning-problem.js';
import { UNBOUNDED_NODES } from './find-units.js';
import { isNamedByPin } from './pin-rules.js';
import type { Unit } from './prepared.js';
import { quotaOver } from './quota-scope.js';

/**
 * Leaves units out that no best plan needs: another of the same cell, vendor, region and way of being bought has nodes of the same
 * size, is nowhere dearer or riskier, is bound no longer, and can never run out. A plan with the one is a plan with the other in its
 * place: every rule counts both alike, and no line of its cost rises. What is held, what a commitment may cover and what a pin names stays.
 */
export const dropDominated = (units: readonly Unit[], problem: PlanningProblem): Unit[] => {
  const dearest = units.reduce((most, { prices }) => Math.max(most, prices.listMicroUsdPerHour), 0);
  const endless = endlessUnits(units, problem);
  const rivals = Map.groupBy(units, kindOf);
  const isNeeded = (unit: Unit): boolean =>
    unit.held > 0 ||
    isCovered(unit, problem) ||
    isNamedByPin(unit.offer, problem.policy) ||
    // Changes above their limit are priced by the dearest node.
    unit.prices.listMicroUsdPerHour === dearest ||
    !rivals
      .get(kindOf(unit))!
      .some(
        (rival) =>
          endless.has(rival.index) &&
          !isCovered(rival, problem) &&
          !isNamedByPin(rival.offer, problem.policy) &&
          dominates(rival, unit),
      );
  return units.filter(isNeeded).map((unit, index) => ({ ...unit, index }));
};

/** Units that a rule cannot tell apart, whatever is held of them. */
const kindOf = ({ cell, offer, slots, open }: Unit): string =>
  [cell, offer.vendor, offer.region, offer.purchase, slots, open.join()].join('|');

/** Of two that are equal the first stays. */
const dominates = (rival: Unit, unit: Unit): boolean => {
  const [own, other] = [burdens(unit), burdens(rival)];
  const isNoWorse = other.every((burden, index) => burden <= own[index]!);
  const isBetter = other.some((burden, index) => burden < own[index]!);
  return rival.index !== unit.index && isNoWorse && (isBetter || rival.index < unit.index);
};

/** All that a plan would rather have less of. */
const burdens = ({ prices, offer: { behaviour, billing } }: Unit): readonly number[] => [
  prices.listMicroUsdPerHour,
  prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour,
  prices.startMicroUsd,
  prices.stopMicroUsd,
  behaviour.preemptionsPerNodeHour * behaviour.leadMs,
  billing.minimumSeconds,
];

/** Units without a cap, and those of which a quota ends before they do. */
const endlessUnits = (units: readonly Unit[], { quotas }: PlanningProblem): ReadonlySet<number> => {
  const unitsOfVendor = Map.groupBy(units, ({ offer }) => offer.vendor);
  const endless = new Set(units.filter(({ cap }) => cap >= UNBOUNDED_NODES).map(({ index }) => index));
  for (const quota of quotas) {
    const { limit, units: within } = quotaOver(quota, unitsOfVendor.get(quota.scope.vendor) ?? []);
    for (const index of within) if (units[index]!.cap * units[index]!.slots >= limit) endless.add(index);
  }
  return endless;
};

const isCovered = ({ offer, members }: Unit, { commitments }: PlanningProblem): boolean =>
  commitments.some((commitment) =>
    commitment.kind === 'spend'
      ? commitment.vendor === offer.vendor && offer.purchase !== 'spot'
      : members.some((member) => commitment.offerIds.includes(member.offer.offerId)),
  );
