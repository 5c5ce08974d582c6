import type { Prepared } from '../model/prepared.js';
import type { LinearProgram, SolveRequest, SolveResult, Solver } from '../ports.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { subProgram, type SubProgram } from '../program/sub-program.js';
import { columnsOf, takesAll } from './choice.js';
import { nearChoice } from './near-choice.js';
import { basisWithin, type Divisible } from './solve-divisible.js';

type Asking = Pick<SolveRequest, 'timeLimitMs' | 'relativeGap' | 'warmStart'> &
  Readonly<{
    /** No plan costs less. */
    bound: number;
    /** By column: whole numbers to try first, such as those of the plan before. */
    tryFirst?: Float64Array;
  }>;

/** A value is whole that is so near to a whole number. */
const NOISE = 1e-6;
/** Of the gap that is asked for, what a search within a part may leave by itself. */
const GAP_SHARE = 0.5;

/**
 * Looks for whole numbers next to the divisible plan: first those that are given; then each count between the whole numbers around it, then all counts of what is
 * worth having; and where nothing was left out of the program, among all of it, which may raise the bound. It ends with the first plan
 * that is near enough to the bound.
 */
export const searchWhole = async (
  solver: Solver,
  built: BuiltProgram,
  prepared: Prepared,
  divisible: Divisible,
  { timeLimitMs, relativeGap, warmStart, tryFirst, bound: known }: Asking,
): Promise<SolveResult> => {
  const { program } = built;
  const { choice, values: around } = divisible;
  const near = subProgram(program, columnsOf(built, prepared, nearChoice(built, prepared, divisible)));
  const isAll = takesAll(choice);
  const all = (): SubProgram => subProgram(program, columnsOf(built, prepared, choice));
  const steps: readonly Readonly<{ partOf: () => SubProgram; kind: 'given' | 'near' | 'free' }>[] = [
    ...(tryFirst ? [{ kind: 'given' as const, partOf: () => withCounts(all(), tryFirst) }] : []),
    {
      kind: 'near',
      partOf: () => ({ ...near, program: { ...near.program, ...boundsAround(near, around) } }),
    },
    { kind: 'free', partOf: () => (isAll ? all() : near) },
  ];
  let bound = known;
  let solveMs = 0;
  let best: Readonly<{ objective: number; values: Float64Array }> | undefined;
  let because = 'no time was left for whole numbers';
  let isProven = true;
  for (const { kind, partOf } of steps) {
    if (solveMs >= timeLimitMs) break;
    const part = partOf();
    const start = best?.values ?? warmStart;
    const result = await solver.solve({
      program: part.program,
      timeLimitMs: Math.max(1, timeLimitMs - solveMs),
      relativeGap: kind === 'near' ? relativeGap * GAP_SHARE : relativeGap,
      enough: bound + relativeGap * Math.abs(bound),
      ...(kind === 'given' && { basis: basisWithin(divisible.basis, part) }),
      ...(start &&
        kind === 'free' && { warmStart: Float64Array.from(part.columns, (column) => start[column]!) }),
      duals: 'none',
    });
    solveMs += result.solveMs;
    if (kind === 'free' && isAll && result.bound !== undefined) bound = Math.max(bound, result.bound);
    if (result.status === 'failed') because = result.because;
    else {
      isProven = result.status !== 'time-limit';
      if (best === undefined || result.objective < best.objective) {
        const values = new Float64Array(program.columns);
        part.columns.forEach((column, at) => (values[column] = result.values[at]!));
        best = { objective: result.objective, values };
      }
    }
    if (best !== undefined && gapOf(best.objective, bound) <= relativeGap) break;
  }
  if (best === undefined) return { status: 'failed', because, bound, near: around, solveMs };
  const gap = gapOf(best.objective, bound);
  return {
    ...best,
    status: gap <= relativeGap || isProven ? 'gap-reached' : 'time-limit',
    bound,
    gap,
    solveMs,
  };
};

export const gapOf = (objective: number, bound: number): number =>
  Math.max(0, objective - bound) / Math.max(Math.abs(objective), 1e-9);

/** With counts that are given: what is left is divisible. */
const withCounts = ({ program, columns, rows }: SubProgram, counts: Float64Array): SubProgram => {
  const fixed = (bounds: Float64Array): Float64Array =>
    bounds.map((bound, at) => (program.integer[at] === 1 ? counts[columns[at]!]! : bound));
  return {
    ...{ columns, rows },
    program: {
      ...program,
      columnLower: fixed(program.columnLower),
      columnUpper: fixed(program.columnUpper),
      integer: new Uint8Array(program.columns),
    },
  };
};

/** Between the whole numbers around the values of the divisible plan; what is whole there stays. */
const boundsAround = (
  { program, columns }: SubProgram,
  values: Float64Array,
): Pick<LinearProgram, 'columnLower' | 'columnUpper'> => ({
  columnLower: program.columnLower.map((lower, at) =>
    program.integer[at] === 1 ? Math.max(lower, Math.floor(values[columns[at]!]! + NOISE)) : lower,
  ),
  columnUpper: program.columnUpper.map((upper, at) =>
    program.integer[at] === 1 ? Math.min(upper, Math.ceil(values[columns[at]!]! - NOISE)) : upper,
  ),
});
