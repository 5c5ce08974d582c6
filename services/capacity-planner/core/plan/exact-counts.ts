import type { Prepared } from '../model/prepared.js';
import type { Draft } from './draft.js';

/** Counts in thousandths, integers: nodes, starts and stops by unit and period, containers served by pair and period. */
export type ExactCounts = Readonly<{
  nodes: readonly Float64Array[];
  starts: readonly Float64Array[];
  stops: readonly Float64Array[];
  served: readonly Float64Array[];
}>;

const NOISE = 1e-3;

/** Nodes rounded up; containers so that what a group is served in a period stays what it was, whatever its flows round to. */
export const exactCounts = ({ units, pairs, groups }: Prepared, draft: Draft): ExactCounts => {
  const nodes = draft.nodes.map((counts) => counts.map((count) => Math.ceil(count * 1000 - NOISE)));
  const change = (unit: number, period: number): number =>
    nodes[unit]![period]! - (period === 0 ? units[unit]!.held * 1000 : nodes[unit]![period - 1]!);
  return {
    nodes,
    starts: nodes.map((counts, unit) => counts.map((_, period) => Math.max(0, change(unit, period)))),
    stops: nodes.map((counts, unit) => counts.map((_, period) => Math.max(0, -change(unit, period)))),
    served: roundFlows(pairs, groups.length, draft.served),
  };
};

/** Flows are rounded one after another, each with what the group's flows before it were rounded by. */
const roundFlows = (
  pairs: Prepared['pairs'],
  groups: number,
  served: Draft['served'],
): readonly Float64Array[] => {
  const carried = Array.from({ length: groups }, () => new Float64Array(served[0]?.length ?? 0));
  return served.map((counts, pair) => {
    const carry = carried[pairs[pair]!.group]!;
    return counts.map((count, period) => {
      const exact = count * 1000 + carry[period]!;
      const rounded = Math.max(0, Math.round(exact));
      carry[period] = exact - rounded;
      return rounded;
    });
  });
};
