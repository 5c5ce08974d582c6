import type { Prepared, Unit } from '../model/prepared.js';

/** What one slot of a node costs in an hour, with its quality and its risk; micro-USD. */
export const slotPrice = ({ prices, slots }: Unit): number =>
  (prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour) /
  Math.max(1, slots);

/** What one container of a group costs in an hour on a full node, with what it pulls and what its own wait after a loss costs. */
export const containerPrice = ({ cells }: Prepared, unit: Unit, group: number): number => {
  const cell = cells[unit.cell]!;
  return slotPrice(unit) * cell.slots[group]! + cell.egress[group]! + cell.risk[group]!;
};

/** The list price of a node at which one slot costs so much; quality is a share of the list, risk is not. */
export const listPriceFor = ({ prices, slots }: Unit, perSlot: number): number => {
  const share =
    (prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour) / Math.max(1, prices.listMicroUsdPerHour);
  return Math.max(0, Math.round((perSlot * Math.max(1, slots) - prices.preemptionMicroUsdPerHour) / share));
};
