import type { Prepared } from '../model/prepared.js';
import { cheapestInTurn, type BuyBy } from './node-options.js';
import type { PeriodFleet } from './period-fleet.js';

const NOISE = 1e-6;
/** Who stays where it stands does so at any price of the place. */
const ANY_PRICE = 1e15;

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
  const slotsOf = groups.map(({ index, cells: own }) =>
    own.reduce((most, cell) => Math.max(most, cells[cell]!.slots[index]!), 0),
  );
  const order = groups
    .map(({ index }) => index)
    .toSorted(
      (a, b) =>
        slotsOf[b]! - slotsOf[a]! ||
        groups[a]!.cells.length - groups[b]!.cells.length ||
        groups[b]!.prices.shortMicroUsdPerHour - groups[a]!.prices.shortMicroUsdPerHour,
    );
  for (const group of order) {
    const already = pairsOf[group]!.reduce((sum, pair) => sum + fleet.served[pair]!, 0);
    let left = groups[group]!.wanted[fleet.period]! - already;
    const byCost = pairsOf[group]!.map((pair) => {
      const { cell } = pairs[pair]!;
      const cost = cells[cell]!.egress[group]! + cells[cell]!.risk[group]!;
      return { pair, cost: stays.has(`${group}/${cell}`) ? cost - ANY_PRICE : cost };
    }).toSorted((a, b) => a.cost - b.cost);
    for (const { pair } of byCost) if (left > NOISE) left -= fleet.put(pair, left);
    if (left <= NOISE) continue;
    const cheapest = cheapestInTurn({ prepared, fleet, before, buyBy }, pairsOf[group]!, left);
    while (left > NOISE) {
      const bought = cheapest(left);
      if (bought === undefined) break;
      fleet.change(bought.unit, 1);
      const put = fleet.put(bought.pair, left);
      if (put <= 0) break;
      left -= put;
    }
  }
};
