import type { Prepared } from '../model/prepared.js';
import type { SolveRequest, SolveResult, Solver } from '../ports.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { reducedCost, subProgram } from '../program/sub-program.js';

/** Cells that a group may use to begin with: the cheapest for it, and all where nodes are held. */
const FIRST_CELLS = 12;
const MOST_ROUNDS = 3;
/** Of the cost, what flows that were left out might still save: below this they are not asked for. */
const ENOUGH = 0.001;

/** Less than this is noise of the solver's. */
const NOISE_USD = 1e-6;

export type SiftRequest = Omit<SolveRequest, 'program' | 'duals'>;

/**
 * Solves with a few of all flows. The divisible program says what a flow that was left out would be worth: those that might save are
 * added, and what the rest could save at most is taken off its cost, which makes a bound of the whole program, proven as any other.
 */
export const siftFlows = async (
  solver: Solver,
  { program, layout }: BuiltProgram,
  prepared: Prepared,
  request: SiftRequest,
  firstCells: number = FIRST_CELLS,
): Promise<SolveResult> => {
  const chosen = firstFlows(prepared, firstCells);
  const isFlow = new Uint8Array(program.columns);
  for (const columns of layout.served) for (const column of columns) isFlow[column] = 1;
  let solveMs = 0;
  let bound = -Infinity;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const columns = columnsOf(isFlow, layout.served, chosen);
    const relaxed = { ...subProgram(program, columns), integer: new Uint8Array(columns.length) };
    const result = await solver.solve({
      program: relaxed,
      timeLimitMs: Math.max(1, request.timeLimitMs - solveMs),
      relativeGap: 0,
      duals: 'fixed-lp',
    });
    solveMs += result.solveMs;
    if (result.status !== 'optimal' || result.duals === undefined) break;
    const savings = missedSavings(program, layout.served, prepared, chosen, result.duals.rows);
    bound = Math.max(bound, result.objective - savings);
    if (savings <= ENOUGH * Math.abs(result.objective)) break;
  }
  const columns = columnsOf(isFlow, layout.served, chosen);
  const { warmStart, relativeGap } = request;
  const result = await solver.solve({
    program: subProgram(program, columns),
    timeLimitMs: Math.max(1, request.timeLimitMs - solveMs),
    relativeGap,
    ...(warmStart && { warmStart: Float64Array.from(columns, (column) => warmStart[column]!) }),
    duals: 'none',
  });
  solveMs += result.solveMs;
  if (result.status === 'failed') return { ...result, ...(Number.isFinite(bound) && { bound }), solveMs };
  const values = new Float64Array(program.columns);
  columns.forEach((column, at) => (values[column] = result.values[at]!));
  const { objective } = result;
  const gap = Math.max(0, objective - bound) / Math.max(Math.abs(objective), 1e-9);
  return { ...result, values, bound, gap, solveMs };
};

/** By pair: 1 for the cells that are cheapest for its group, and those where nodes are held. */
const firstFlows = ({ pairs, groups, cells, units }: Prepared, firstCells: number): Uint8Array => {
  const perSlot = cells.map((cell) =>
    cell.units.reduce((least, unit) => {
      const { prices, slots } = units[unit]!;
      const hourly =
        prices.listMicroUsdPerHour + prices.qualityMicroUsdPerHour + prices.preemptionMicroUsdPerHour;
      return Math.min(least, hourly / slots);
    }, Infinity),
  );
  const isHeld = cells.map((cell) => cell.units.some((unit) => units[unit]!.held > 0));
  const pairsOf = groups.map(() => [] as number[]);
  pairs.forEach(({ group }, pair) => pairsOf[group]!.push(pair));
  const cost = (pair: number): number => {
    const { group, cell } = pairs[pair]!;
    return (
      perSlot[cell]! * cells[cell]!.slots[group]! + cells[cell]!.egress[group]! + cells[cell]!.risk[group]!
    );
  };
  const chosen = new Uint8Array(pairs.length);
  for (const own of pairsOf)
    own
      .toSorted((a, b) => cost(a) - cost(b) || a - b)
      .forEach((pair, rank) => {
        if (rank < firstCells || isHeld[pairs[pair]!.cell]) chosen[pair] = 1;
      });
  return chosen;
};

const columnsOf = (isFlow: Uint8Array, served: readonly Int32Array[], chosen: Uint8Array): Int32Array => {
  const stays = isFlow.map((flow) => 1 - flow);
  served.forEach((columns, pair) => {
    if (chosen[pair] === 1) for (const column of columns) stays[column] = 1;
  });
  return Int32Array.from([...stays.keys()].filter((column) => stays[column] === 1));
};

/**
 * Chooses the flows that might save, and says what all that were left out could save at most: of a group no more than it wants, each
 * container at the flow that saves most.
 */
const missedSavings = (
  program: SolveRequest['program'],
  served: readonly Int32Array[],
  { pairs, groups }: Prepared,
  chosen: Uint8Array,
  rowDuals: Float64Array,
): number => {
  const best = groups.map(({ wanted }) => new Float64Array(wanted.length));
  pairs.forEach(({ group }, pair) => {
    if (chosen[pair] === 1) return;
    served[pair]!.forEach((column, period) => {
      const saves = -reducedCost(program, rowDuals, column);
      best[group]![period] = Math.max(best[group]![period]!, saves);
      if (saves > NOISE_USD) chosen[pair] = 1;
    });
  });
  return best.reduce(
    (sum, savings, group) =>
      sum + savings.reduce((total, saves, period) => total + saves * groups[group]!.wanted[period]!, 0),
    0,
  );
};
