import type { Prepared } from '../model/prepared.js';
import type { SoftRule } from '../model/soft-rule.js';
import { spendLimit } from '../model/spend.js';
import type { Covered } from './add-commitments.js';
import { dollars } from './dollars.js';
import type { ProgramBuilder } from './program-builder.js';
import type { ProgramLayout } from './program-layout.js';

/** A quota is the vendor's and cannot be bought off; what is held above it stays. */
export const addQuotas = (
  builder: ProgramBuilder,
  { quotas, periods, units }: Prepared,
  nodes: readonly Int32Array[],
): readonly Int32Array[] =>
  quotas.map(({ limit, units: within }) => {
    const binds = within.reduce((sum, unit) => sum + units[unit]!.slots * units[unit]!.cap, 0) > limit;
    return Int32Array.from(periods, (_, period) => {
      if (!binds) return -1;
      const row = builder.addRow(-Infinity, limit);
      for (const unit of within) builder.put(row, nodes[unit]![period]!, units[unit]!.slots);
      return row;
    });
  });

/** The spend cap is hard; a fleet that is already above it starts what commitments pay for (`addCoveredStarts`). */
export const addSpendCap = (
  builder: ProgramBuilder,
  prepared: Prepared,
  nodes: readonly Int32Array[],
  covered: Covered,
): Int32Array => {
  const limit = spendLimit(prepared);
  return Int32Array.from(prepared.periods, (_, period) => {
    if (limit?.spent !== 'below') return -1;
    const row = builder.addRow(-Infinity, dollars(limit.byPeriod[period]!));
    for (const { index, prices } of prepared.units)
      builder.put(row, nodes[index]![period]!, dollars(prices.listMicroUsdPerHour));
    for (const entry of covered)
      if (entry.period === period) builder.put(row, entry.column, -dollars(entry.microUsdPerHour));
    return row;
  });
};

export const addSoftRules = (
  builder: ProgramBuilder,
  rules: readonly SoftRule[],
  nodes: readonly Int32Array[],
  starts: readonly Int32Array[],
  { units }: Prepared,
): ProgramLayout['softRows'] =>
  rules
    .filter((rule) => canBreak(rule, units))
    .map((rule) => {
      const column = builder.addColumn({ cost: dollars(rule.microUsdPerUnit) });
      // Stops are no columns: held - nodes + starts, in the first period, where alone they are limited.
      const held = rule.terms.reduce(
        (sum, { unit, of, coefficient }) => sum + (of === 'stops' ? coefficient * units[unit]!.held : 0),
        0,
      );
      const row = builder.addRow(-Infinity, rule.limit + (rule.unavoidable ?? 0) - held);
      builder.put(row, column, -1);
      const entries = new Map<number, number>();
      const add = (entry: number, value: number): void => {
        entries.set(entry, (entries.get(entry) ?? 0) + value);
      };
      for (const { unit, of, coefficient } of rule.terms) {
        if (of !== 'starts')
          add(nodes[unit]![rule.periodIndex]!, of === 'nodes' ? coefficient : -coefficient);
        if (of !== 'nodes') add(starts[unit]![rule.periodIndex]!, coefficient);
      }
      for (const [entry, value] of entries) builder.put(row, entry, value);
      return { rule, row, column };
    });

/** A rule that no plan within the caps can break needs no row. */
const canBreak = ({ terms, limit, unavoidable = 0 }: SoftRule, units: Prepared['units']): boolean =>
  terms.reduce((most, { unit, coefficient }) => most + Math.max(0, coefficient) * units[unit]!.cap, 0) >
  limit + unavoidable;
