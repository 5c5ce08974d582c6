import type { Prepared } from '../model/prepared.js';
import type { PeriodFleet } from './period-fleet.js';

/** How a rule of thumb compares nodes: by what a container costs that needs one now, or by what a slot costs. */
export type BuyBy = 'container' | 'slot';

export type NodeOption = Readonly<{ unit: number; pair: number }>;

type Priced = NodeOption & Readonly<{ place: number; least: number }>;

/** Who buys: containers of one group, in one period. */
export type Buying = Readonly<{
  prepared: Prepared;
  fleet: PeriodFleet;
  before: (unit: number) => number;
  buyBy: BuyBy;
}>;

/**
 * What a container costs on one node more of a unit, while `left` of its group wait; Infinity where no node may be bought or where it
 * costs more than the shortage it ends. As nodes are bought and fewer wait it only rises.
 */
export const optionCost = (
  { prepared: { groups, pairs, cells, units, periods }, fleet, before, buyBy }: Buying,
  { unit, pair }: NodeOption,
  left: number,
): number => {
  const { hours } = periods[fleet.period]!;
  const { group, cell } = pairs[pair]!;
  const taken = cells[cell]!.slots[group]!;
  const { slots, prices } = units[unit]!;
  const room = Math.floor(slots / taken);
  if (room === 0 || !fleet.mayBuy(unit)) return Infinity;
  const hourly =
    fleet.addsMicroUsdPerHour(unit) +
    prices.qualityMicroUsdPerHour +
    prices.preemptionMicroUsdPerHour +
    fleet.beyondMicroUsdPerHour(unit);
  const change = fleet.nodes[unit]! < before(unit) ? -prices.stopMicroUsd : prices.startMicroUsd;
  const node = hourly * hours + change;
  const serves = Math.min(room, Math.max(1, left));
  if (node > groups[group]!.prices.shortMicroUsdPerHour * hours * serves) return Infinity;
  return (
    (buyBy === 'slot' ? (node * taken) / slots : node / serves) +
    (cells[cell]!.egress[group]! + cells[cell]!.risk[group]!) * hours
  );
};

/**
 * Says which node serves a group cheapest, again and again while nodes are bought and fewer wait: costs only rise, so that what was
 * dearer before needs no second look. Of two that cost the same it is the first.
 */
export const cheapestInTurn = (
  buying: Buying,
  candidates: readonly number[],
  left: number,
): ((left: number) => NodeOption | undefined) => {
  const { pairs, cells } = buying.prepared;
  let options: Priced[] = candidates
    .flatMap((pair) => cells[pairs[pair]!.cell]!.units.map((unit) => ({ unit, pair })))
    .map((option, place) => ({ ...option, place, least: optionCost(buying, option, left) }))
    .filter(({ least }) => least < Infinity)
    .toSorted((a, b) => a.least - b.least || a.place - b.place);
  return (waiting) => {
    let best: Readonly<{ option: Priced; cost: number }> | undefined;
    let spent = 0;
    for (const option of options) {
      if (best !== undefined && option.least > best.cost) break;
      const cost = optionCost(buying, option, waiting);
      if (cost === Infinity) spent += 1;
      else if (
        best === undefined ||
        cost < best.cost ||
        (cost === best.cost && option.place < best.option.place)
      )
        best = { option, cost };
    }
    // What may not be bought now may not be bought later.
    if (spent > 0) options = options.filter((option) => optionCost(buying, option, waiting) < Infinity);
    return best?.option;
  };
};
