import type { Prepared, Unit } from '../model/prepared.js';
import { isNamedByLeast } from '../model/pin-rules.js';
import type { Choice } from './choice.js';

/** Nodes that a group may choose among to begin with: the cheapest for it, and as many as carry it some times over. */
const FIRST_UNITS = 8;
const TIMES_WANTED = 2;

/**
 * What a solve begins with: for each group the nodes on which a container of it costs least, new ones and held ones, and all that is
 * paid for anyway. What is missing is found by what it would be worth. Units with nodes on their way must take part, or the bound
 * would not hold: what room is worth that is there in time is not priced out.
 */
export const firstChoice = (prepared: Prepared): Choice => {
  const { groups, cells, units, pairs } = prepared;
  const chosen = { units: new Uint8Array(units.length), pairs: new Uint8Array(pairs.length) };
  const pairsOf = groups.map(() => [] as number[]);
  pairs.forEach(({ group }, pair) => pairsOf[group]!.push(pair));
  const hours = prepared.periods.reduce((sum, period) => sum + period.hours, 0);
  for (const { index: group, wanted } of groups) {
    const most = wanted.reduce((peak, count) => Math.max(peak, count), 0);
    const options = pairsOf[group]!.flatMap((pair) => {
      const cell = cells[pairs[pair]!.cell]!;
      const taken = cell.slots[group]!;
      return cell.units
        .map((unit) => units[unit]!)
        .filter(({ slots, cap }) => slots >= taken && cap > 0)
        .map((unit) => ({
          ...{ pair, unit },
          cost: slotPrice(unit, hours) * taken + cell.egress[group]! + cell.risk[group]!,
          carries: (unit.cap * unit.slots) / taken,
        }));
    }).toSorted((a, b) => a.cost - b.cost || a.unit.index - b.unit.index);
    let carried = 0;
    for (const [rank, { pair, unit, carries }] of options.entries()) {
      if (rank >= FIRST_UNITS && carried >= TIMES_WANTED * most) break;
      carried += carries;
      chosen.units[unit.index] = 1;
      chosen.pairs[pair] = 1;
    }
  }
  for (const unit of units)
    if (unit.starting > 0 || unit.paid.some((nodes) => nodes > 0)) chosen.units[unit.index] = 1;
  for (const { commitment, units: covered } of prepared.commitments)
    if (commitment.kind === 'nodes') for (const unit of covered) chosen.units[unit] = 1;
  for (const unit of units)
    if (isNamedByLeast(unit.offer, prepared.problem.policy)) chosen.units[unit.index] = 1;
  return chosen;
};

/** A node that is held needs no start. */
const slotPrice = ({ prices, slots, held }: Unit, hours: number): number =>
  (prices.listMicroUsdPerHour +
    prices.qualityMicroUsdPerHour +
    prices.preemptionMicroUsdPerHour +
    (held > 0 ? 0 : prices.startMicroUsd / hours)) /
  slots;
