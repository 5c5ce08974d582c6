import type { Prepared } from '../model/prepared.js';
import type { PeriodFleet } from './period-fleet.js';

/** How a rule of thumb compares nodes: by what a container costs that needs one now, or by what a slot costs. */
export type BuyBy = 'container' | 'slot';

const NOISE = 1e-6;

/**
 * Serves what is wanted: those whose shortage costs most and who have the fewest choices first; from free room where there is
 * some, else from the cheapest node that may be bought, as long as it costs less than the shortage.
 */
export const serveGroups = (
  prepared: Prepared,
  fleet: PeriodFleet,
  before: (unit: number) => number,
  buyBy: BuyBy,
): void => {
  const { groups, pairs, cells } = prepared;
  const pairsOf = groups.map(() => [] as number[]);
  pairs.forEach(({ group }, pair) => pairsOf[group]!.push(pair));
  const stays = new Set(prepared.sticky.map(({ group, cell }) => `${group}/${cell}`));
  const slotsOf = (group: number): number =>
    groups[group]!.cells.reduce((most, cell) => Math.max(most, cells[cell]!.slots[group]!), 0);
  const order = groups
    .map(({ index }) => index)
    .toSorted(
      (a, b) =>
        slotsOf(b) - slotsOf(a) ||
        groups[a]!.cells.length - groups[b]!.cells.length ||
        groups[b]!.prices.shortMicroUsdPerHour - groups[a]!.prices.shortMicroUsdPerHour,
    );
  for (const group of order) {
    const already = pairsOf[group]!.reduce((sum, pair) => sum + fleet.served[pair]!, 0);
    let left = groups[group]!.wanted[fleet.period]! - already;
    const isSticky = (pair: number): boolean => stays.has(`${group}/${pairs[pair]!.cell}`);
    const placeCost = (pair: number): number =>
      cells[pairs[pair]!.cell]!.egress[group]! + cells[pairs[pair]!.cell]!.risk[group]!;
    const byCost = pairsOf[group]!.toSorted(
      (a, b) => Number(isSticky(b)) - Number(isSticky(a)) || placeCost(a) - placeCost(b),
    );
    for (const pair of byCost) if (left > NOISE) left -= fleet.put(pair, left);
    while (left > NOISE) {
      const bought = cheapestNode(prepared, fleet, pairsOf[group]!, left, before, buyBy);
      if (bought === undefined) break;
      fleet.change(bought.unit, 1);
      const put = fleet.put(bought.pair, left);
      if (put <= 0) break;
      left -= put;
    }
  }
};

/** The node that serves the group cheapest, if one may be bought that costs less than the shortage it ends. */
export const cheapestNode = (
  { groups, pairs, cells, units, periods }: Prepared,
  fleet: PeriodFleet,
  candidates: readonly number[],
  left: number,
  before: (unit: number) => number,
  buyBy: BuyBy,
): Readonly<{ unit: number; pair: number }> | undefined => {
  const { hours } = periods[fleet.period]!;
  let best: { unit: number; pair: number; cost: number } | undefined;
  for (const pair of candidates) {
    const { group, cell } = pairs[pair]!;
    const taken = cells[cell]!.slots[group]!;
    for (const index of cells[cell]!.units) {
      const { slots, prices } = units[index]!;
      const room = Math.floor(slots / taken);
      if (room === 0 || !fleet.mayBuy(index)) continue;
      const hourly =
        prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour;
      const change = fleet.nodes[index]! < before(index) ? -prices.stopMicroUsd : prices.startMicroUsd;
      const node = hourly * hours + change;
      const serves = Math.min(room, Math.max(1, left));
      const perContainer =
        (buyBy === 'slot' ? (node * taken) / slots : node / serves) +
        (cells[cell]!.egress[group]! + cells[cell]!.risk[group]!) * hours;
      if (node > groups[group]!.prices.shortMicroUsdPerHour * hours * serves) continue;
      if (best === undefined || perContainer < best.cost) best = { unit: index, pair, cost: perContainer };
    }
  }
  return best;
};
