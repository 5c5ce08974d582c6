import { affordableNodes } from './affordable-nodes.js';
import type { Prepared, Unit } from './prepared.js';
import { startableNodes } from './spare-cover.js';

type Block = Readonly<{ units: readonly Unit[]; nodes: number }>;

/** Nodes of these units that no plan can do without in a period: they are paid for, or their vendor is away. */
export const fewestNodes = ({ units }: Prepared, within: readonly number[], period: number): number =>
  within.reduce((sum, unit) => sum + floorOf(units[unit]!, period), 0);

/**
 * No plan has more nodes of these units in a period: by what is to be had of them, by quotas, by what the cap on spend pays for, and
 * where more is spent already by what is held and what commitments pay for beside it. Quotas that overlap and do not hold one another may allow fewer still.
 */
export const mostNodes = (prepared: Prepared, within: readonly number[], period: number): number => {
  const capOf = (unit: Unit): number =>
    Math.min(openCap(unit, period), heldUntil(unit, period) + startableNodes(prepared, [unit.index], period));
  let blocks = within.map((unit): Block => {
    const named = prepared.units[unit]!;
    return { units: [named], nodes: capOf(named) };
  });
  for (const quota of prepared.quotas.toSorted((a, b) => a.units.length - b.units.length)) {
    const counted = new Set(quota.units);
    const { inside = [], outside = [] } = Object.groupBy(blocks, ({ units }) =>
      units.every(({ index }) => counted.has(index)) ? 'inside' : 'outside',
    );
    if (inside.length === 0) continue;
    const units = inside.flatMap((block) => block.units);
    const named = new Set(units.map(({ index }) => index));
    const taken = quota.units.reduce((sum, unit) => {
      const other = prepared.units[unit]!;
      return named.has(unit) ? sum : sum + other.slots * floorOf(other, period);
    }, 0);
    const nodes = Math.min(
      inside.reduce((sum, block) => sum + block.nodes, 0),
      fitting(units, quota.limit - taken, period, capOf),
    );
    blocks = [...outside, { units, nodes }];
  }
  const available = blocks.reduce((sum, { nodes }) => sum + nodes, 0);
  const held = within.reduce((sum, unit) => sum + heldUntil(prepared.units[unit]!, period), 0);
  return Math.min(
    available,
    affordableNodes(prepared, within, period),
    held + startableNodes(prepared, within, period),
  );
};

/** How many nodes fit into so many slots: those that stay in any case, then the smallest. */
const fitting = (
  units: readonly Unit[],
  slots: number,
  period: number,
  capOf: (unit: Unit) => number,
): number => {
  let left = slots - units.reduce((sum, unit) => sum + unit.slots * floorOf(unit, period), 0);
  return units
    .toSorted((a, b) => a.slots - b.slots)
    .reduce((sum, unit) => {
      const floor = floorOf(unit, period);
      const room = unit.slots === 0 ? Infinity : Math.floor(Math.max(0, left) / unit.slots);
      const more = Math.min(Math.max(0, capOf(unit) - floor), room);
      left -= more * unit.slots;
      return sum + floor + more;
    }, 0);
};

const floorOf = ({ open, paid }: Unit, period: number): number => (open[period] ? (paid[period] ?? 0) : 0);

const openCap = ({ open, cap }: Unit, period: number): number => (open[period] ? cap : 0);

/** What had to go in a period does not come back without a start. */
const heldUntil = ({ open, held }: Unit, period: number): number =>
  open.slice(0, period + 1).every(Boolean) ? held : 0;
