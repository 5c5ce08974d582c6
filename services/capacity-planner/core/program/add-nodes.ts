import { boundStarts } from '../model/minimum-billing.js';
import type { Prepared, Unit } from '../model/prepared.js';
import { spareCover } from '../model/spare-cover.js';
import { dollars } from './dollars.js';
import type { Integrality } from './integrality.js';
import type { ProgramBuilder } from './program-builder.js';

export type NodeColumns = Readonly<{ nodes: readonly Int32Array[]; starts: readonly Int32Array[] }>;

/**
 * Nodes n and starts y by unit and period. Stops are not columns: z = n(t-1) - n(t) + y, so that their cost falls on n and y, and
 * z ≥ 0 is the row n(t) - n(t-1) ≤ y. Half a start's price comes back at the end for nodes that live on.
 */
export const addNodes = (
  builder: ProgramBuilder,
  prepared: Prepared,
  integrality: Integrality,
): NodeColumns => {
  const spare = spareCover(prepared);
  const startable = spare?.map((covers) => new Set(covers.flatMap(({ units }) => [...units])));
  const nodes: Int32Array[] = [];
  const starts: Int32Array[] = [];
  for (const unit of prepared.units) {
    const mayStart = (period: number): boolean => startable?.[period]!.has(unit.index) ?? true;
    const ofNodes = Int32Array.from(prepared.periods, (period, index) =>
      builder.addColumn({
        cost: dollars(hourlyMicroUsd(unit) * period.hours),
        lower: Math.min(unit.paid[index] ?? 0, unit.open[index] ? Infinity : 0),
        upper: unit.open[index] ? (mayStart(index) ? unit.cap : unit.held) : 0,
        integer: index < integrality.periods,
      }),
    );
    const ofStarts = Int32Array.from(prepared.periods, (_, index) =>
      builder.addColumn({
        cost: dollars(unit.prices.startMicroUsd + unit.prices.stopMicroUsd),
        upper: mayStart(index) ? unit.cap : 0,
      }),
    );
    linkPeriods(builder, prepared, unit, ofNodes, ofStarts);
    nodes.push(ofNodes);
    starts.push(ofStarts);
  }
  return { nodes, starts };
};

const hourlyMicroUsd = ({ prices }: Unit): number =>
  prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour;

const linkPeriods = (
  builder: ProgramBuilder,
  prepared: Prepared,
  unit: Unit,
  nodes: Int32Array,
  starts: Int32Array,
): void => {
  const stopCost = dollars(unit.prices.stopMicroUsd);
  builder.addOffset(stopCost * unit.held);
  builder.addCost(nodes[nodes.length - 1]!, -stopCost - dollars(unit.prices.startMicroUsd) / 2);
  for (let period = 0; period < nodes.length; period++) {
    const row = builder.addRow(-Infinity, period === 0 ? unit.held : 0);
    builder.put(row, nodes[period]!, 1);
    if (period > 0) builder.put(row, nodes[period - 1]!, -1);
    builder.put(row, starts[period]!, -1);
    const bound = boundStarts(prepared, unit, period);
    if (bound.length === 0) continue;
    const minimum = builder.addRow(-Infinity, 0);
    for (const start of bound) builder.put(minimum, starts[start]!, 1);
    builder.put(minimum, starts[period]!, 1);
    builder.put(minimum, nodes[period]!, -1);
  }
};
