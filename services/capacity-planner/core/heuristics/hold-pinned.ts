import type { Prepared } from '../model/prepared.js';
import type { PeriodFleet } from './period-fleet.js';

/** Makes a fleet what operators have pinned: what is beyond goes but for what must stay, the dearest first, and what lacks is bought, the cheapest first. */
export const holdPinned = (prepared: Prepared, fleet: PeriodFleet, bound: (unit: number) => number): void => {
  const price = (unit: number): number => prepared.units[unit]!.prices.listMicroUsdPerHour;
  for (const pinned of fleet.pinned.pins) {
    const dearestFirst = pinned.units.toSorted((a, b) => price(b) - price(a) || b - a);
    for (const unit of dearestFirst)
      while (pinned.nodes > (pinned.pin.most ?? Infinity) && fleet.nodes[unit]! - 1 >= bound(unit))
        fleet.change(unit, -1);
    while (pinned.nodes < (pinned.pin.least ?? 0)) {
      const [cheapest] = pinned.units
        .filter((unit) => fleet.mayBuy(unit))
        .toSorted((a, b) => hourlyOf(fleet, a) - hourlyOf(fleet, b) || a - b);
      if (cheapest === undefined) break;
      fleet.change(cheapest, 1);
    }
  }
};

const hourlyOf = (fleet: PeriodFleet, unit: number): number =>
  fleet.addsMicroUsdPerHour(unit) + fleet.beyondMicroUsdPerHour(unit);
