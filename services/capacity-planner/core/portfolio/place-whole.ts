import type { Prepared } from '../model/prepared.js';
import type { Draft } from '../plan/draft.js';
import type { PlannerPorts } from '../ports.js';
import { placingProgram } from '../program/placing-program.js';

/** A search that takes longer is not worth what it may find: the nodes are chosen already. */
const TIME_LIMIT_MS = 5_000;
const GAP = 1e-4;

/**
 * The first period's flows in the whole containers that cost least on the nodes of a draft; nothing where the solver has none in time,
 * or where nobody knows what stands on each node.
 */
export const placeWhole = async (
  prepared: Prepared,
  draft: Draft,
  solver: PlannerPorts['solver'],
): Promise<Draft | undefined> => {
  if (prepared.problem.fleet.nodes === undefined) return undefined;
  const { program, stands, columns } = placingProgram(prepared, draft);
  const result = await solver.solve({
    program,
    timeLimitMs: Math.min(TIME_LIMIT_MS, prepared.problem.policy.solve.timeLimitMs),
    relativeGap: GAP,
    duals: 'none',
  });
  if (result.status === 'failed') return undefined;
  const left = prepared.groups.map(({ wanted }) => wanted[0]!);
  const now = prepared.pairs.map(({ group }, pair) => {
    const placed = columns[pair]!.reduce((sum, column) => sum + Math.round(result.values[column]!), 0);
    const count = Math.min(left[group]!, stands[pair]! + placed);
    left[group]! -= count;
    return count;
  });
  return {
    nodes: draft.nodes,
    served: draft.served.map((counts, pair) =>
      counts.map((count, period) => (period === 0 ? now[pair]! : count)),
    ),
  };
};
