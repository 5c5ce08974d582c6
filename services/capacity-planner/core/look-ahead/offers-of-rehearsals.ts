import type { Prepared, Unit } from '../model/prepared.js';
import type { RehearsedOffer } from './imagined-period.js';

/** Of whom a group may use, so many are looked at. */
const CHEAPEST_OF_A_GROUP = 4;

/** Units that a first step may start: those drafted or held, and for each group those that may be had and serve it for least. */
export const unitsOfRehearsals = (prepared: Prepared, drafted: readonly number[]): readonly Unit[] => {
  const { units, groups, cells } = prepared;
  const chosen = new Set(drafted);
  for (const { index, held } of units) if (held > 0) chosen.add(index);
  for (const { index: group, cells: mayUse } of groups)
    mayUse
      .flatMap((cell) => cells[cell]!.units)
      .filter((unit) => units[unit]!.open[0] && units[unit]!.cap > units[unit]!.held)
      .map((unit) => ({ unit, price: pricePerContainer(prepared, unit, group) }))
      .toSorted((a, b) => a.price - b.price || a.unit - b.unit)
      .slice(0, CHEAPEST_OF_A_GROUP)
      .forEach(({ unit }) => chosen.add(unit));
  return units.filter(({ index, open }) => chosen.has(index) && open[0]);
};

/** Their offers, and what is held beside them, which nobody buys. */
export const offersOfRehearsals = (
  prepared: Prepared,
  drafted: readonly number[],
): readonly RehearsedOffer[] => {
  const rehearsed = new Map(
    unitsOfRehearsals(prepared, drafted).flatMap(({ members }) =>
      members.map(({ offer, cap }) => [offer.offerId, { offer, cap }] as const),
    ),
  );
  const held = new Set(prepared.problem.fleet.holdings.map(({ offerId }) => offerId));
  return prepared.problem.offers.flatMap(
    (offer) => rehearsed.get(offer.offerId) ?? (held.has(offer.offerId) ? { offer, cap: 0 } : []),
  );
};

const pricePerContainer = ({ units, cells }: Prepared, unit: number, group: number): number => {
  const { cell, slots, prices } = units[unit]!;
  const perNode = Math.floor(slots / cells[cell]!.slots[group]!);
  return perNode === 0 ? Infinity : (prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour) / perNode;
};
