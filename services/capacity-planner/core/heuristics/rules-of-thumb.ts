import { boundStarts } from '../model/minimum-billing.js';
import type { Prepared } from '../model/prepared.js';
import { spendLimit } from '../model/spend.js';
import type { Draft } from '../plan/draft.js';
import type { PlannerName } from '../plan/plan.js';
import type { BuyBy } from './node-options.js';
import { PeriodFleet } from './period-fleet.js';
import { serveGroups } from './serve-groups.js';

type Style = Readonly<{
  /** What the period begins with: all nodes of the one before, or only those that are paid for anyway. */
  from: 'held' | 'paid';
  buyBy: BuyBy | 'nothing';
  /** Are nodes that nothing stands on returned? */
  empty: 'returned' | 'kept';
}>;

const STYLES: Readonly<Record<Exclude<PlannerName, 'milp'>, Style>> = {
  keep: { from: 'held', buyBy: 'nothing', empty: 'kept' },
  greedy: { from: 'held', buyBy: 'container', empty: 'returned' },
  'greedy-replacing': { from: 'paid', buyBy: 'container', empty: 'kept' },
  'best-fit-decreasing': { from: 'paid', buyBy: 'slot', empty: 'returned' },
};

export const RULES_OF_THUMB = Object.keys(STYLES) as readonly (keyof typeof STYLES)[];

/** A plan by a rule of thumb: period after period, within the same hard rules as the model. */
export const draftByRule = (prepared: Prepared, rule: keyof typeof STYLES): Draft => {
  const { from, buyBy, empty } = STYLES[rule];
  const { units, periods, pairs } = prepared;
  const nodes = units.map(() => new Float64Array(periods.length));
  const served = pairs.map(() => new Float64Array(periods.length));
  const mayStart = spendLimit(prepared)?.spent !== 'above';
  periods.forEach((_, period) => {
    const before = (unit: number): number => (period === 0 ? units[unit]!.held : nodes[unit]![period - 1]!);
    const bound = (unit: number): number => {
      const open = units[unit]!.open[period]!;
      const starts = boundStarts(prepared, units[unit]!, period).reduce(
        (sum, start) =>
          sum +
          Math.max(0, nodes[unit]![start]! - (start === 0 ? units[unit]!.held : nodes[unit]![start - 1]!)),
        0,
      );
      return open ? Math.max(units[unit]!.paid[period]!, starts) : 0;
    };
    const fleet = new PeriodFleet(
      prepared,
      period,
      (unit) => (from === 'held' && units[unit]!.open[period] ? before(unit) : bound(unit)),
      buyBy === 'nothing' || !mayStart ? 'forbidden' : 'allowed',
    );
    serveGroups(prepared, fleet, before, buyBy === 'nothing' ? 'slot' : buyBy);
    if (empty === 'returned') fleet.returnEmpty(bound);
    units.forEach(({ index }) => (nodes[index]![period] = fleet.nodes[index]!));
    pairs.forEach((_pair, index) => (served[index]![period] = fleet.served[index]!));
  });
  return { nodes, served };
};
