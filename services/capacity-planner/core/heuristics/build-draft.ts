import { boundStarts } from '../model/minimum-billing.js';
import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import { CoveredStarts } from './covered-starts.js';
import type { BuyBy } from './node-options.js';
import { holdPinned } from './hold-pinned.js';
import { PeriodFleet } from './period-fleet.js';
import { serveGroups } from './serve-groups.js';

export type Building = Readonly<{
  /** How many nodes of a unit a period begins with, `before` being those of the one before; those that are bound stay anyway. */
  begin: (unit: number, period: number, before: number) => number;
  /** The nodes of the first period by unit, decided elsewhere: none is bought beside them, none returned. */
  settled?: readonly number[];
  /** Units of which one more is bought in each period before anybody is served, where rules allow it. */
  first?: readonly number[];
  /** Units of which one more is held in the first period already: whom it is for in the next one then need not wait. */
  ahead?: readonly number[];
  /** Of which units may more be bought? */
  buysOf: (unit: number) => boolean;
  buyBy: BuyBy;
  /** Are nodes that nothing stands on returned? */
  empty: 'returned' | 'kept';
  /** Does the fleet become what operators have pinned, or stay as it is? Left out: it does. */
  pins?: 'left-alone';
}>;

/** Builds a plan period after period, within the same hard rules as the model. */
export const buildDraft = (
  prepared: Prepared,
  { begin, settled, first = [], ahead = [], buysOf, buyBy, empty, pins }: Building,
): Draft => {
  const { units, periods, pairs } = prepared;
  const nodes = units.map(() => new Float64Array(periods.length));
  const served = pairs.map(() => new Float64Array(periods.length));
  periods.forEach((_, period) => {
    const before = (unit: number): number => (period === 0 ? units[unit]!.held : nodes[unit]![period - 1]!);
    const bound = (unit: number): number => {
      if (!units[unit]!.open[period]!) return 0;
      const starts = boundStarts(prepared, units[unit]!, period).reduce(
        (sum, start) =>
          sum +
          Math.max(0, nodes[unit]![start]! - (start === 0 ? units[unit]!.held : nodes[unit]![start - 1]!)),
        0,
      );
      return Math.max(units[unit]!.paid[period]!, starts);
    };
    const covered = CoveredStarts.of(prepared, period, before);
    const isSettled = period === 0 && settled !== undefined;
    const beginning = (unit: number): number => {
      if (!units[unit]!.open[period]) return bound(unit);
      const nodes = isSettled ? settled[unit]! : begin(unit, period, before(unit));
      return Math.max(bound(unit), covered?.atMost(unit, nodes) ?? nodes);
    };
    const fleet = new PeriodFleet(prepared, period, beginning, isSettled ? () => false : buysOf, covered);
    if (pins !== 'left-alone' && !isSettled) holdPinned(prepared, fleet, bound);
    for (const unit of period === 0 ? [...first, ...ahead] : first)
      if (fleet.mayBuy(unit)) fleet.change(unit, 1);
    serveGroups(prepared, fleet, before, buyBy);
    if (empty === 'returned' && !isSettled) fleet.returnEmpty(bound);
    units.forEach(({ index }) => (nodes[index]![period] = fleet.nodes[index]!));
    pairs.forEach((_pair, index) => (served[index]![period] = fleet.served[index]!));
  });
  return { nodes, served };
};
