import type { Prepared } from '../model/prepared.js';
import type { Basis, LinearProgram, Solver } from '../ports.js';
import type { BuiltProgram } from '../program/program-layout.js';
import { subProgram, type SubProgram } from '../program/sub-program.js';
import { columnsOf, type Choice } from './choice.js';
import { priceOut } from './price-out.js';
import { widenChoice } from './widen-choice.js';

const MOST_ROUNDS = 30;

/** What came of the divisible program. */
export type Divisible = Readonly<{
  objective: number;
  /** By column of the whole program. */
  values: Float64Array;
  /** By row. */
  duals: Float64Array;
  /** What takes part in it. */
  choice: Choice;
  /** Where it ended, for the whole program. */
  basis: Basis;
}>;

type Asking = Readonly<{
  timeLimitMs: number;
  /** Of the cost, what is left out might still save: below this it is not asked for. */
  enough: number;
}>;

export type DivisibleResult = Readonly<{
  /** Nothing where not even the first solve came to its end. */
  found: Divisible | undefined;
  /** No plan costs less, whatever takes part in it. */
  bound: number;
  solveMs: number;
}>;

/**
 * Solves the program without its integers, with some of its columns at a time, each solve from where the one before ended. Its duals
 * say what a column that was left out would be worth: those that might save are added, and what all others could save at most is
 * taken off the cost, which makes a bound of the whole.
 */
export const solveDivisible = async (
  solver: Solver,
  built: BuiltProgram,
  prepared: Prepared,
  first: Choice,
  { timeLimitMs, enough }: Asking,
): Promise<DivisibleResult> => {
  const { program } = built;
  let choice = first;
  let basis = emptyBasis(program);
  let found: Divisible | undefined;
  let bound = -Infinity;
  let solveMs = 0;
  for (let round = 0; round < MOST_ROUNDS && solveMs < timeLimitMs; round++) {
    const part = subProgram(program, columnsOf(built, prepared, choice));
    const result = await solver.solve({
      program: { ...part.program, integer: new Uint8Array(part.columns.length) },
      timeLimitMs: Math.max(1, timeLimitMs - solveMs),
      relativeGap: 0,
      ...(round > 0 && { basis: basisWithin(basis, part) }),
      duals: 'fixed-lp',
    });
    solveMs += result.solveMs;
    if (result.status !== 'optimal' || result.duals === undefined) break;
    if (result.basis) basis = keep(basis, part, result.basis);
    const duals = new Float64Array(program.rows);
    part.rows.forEach((row, at) => (duals[row] = result.duals!.rows[at]!));
    const values = new Float64Array(program.columns);
    part.columns.forEach((column, at) => (values[column] = result.values[at]!));
    const missed = priceOut(built, prepared, choice, duals);
    found = { objective: result.objective, values, duals, choice, basis };
    bound = Math.max(bound, result.objective - missed.savings);
    if (result.objective - bound <= enough * Math.abs(result.objective)) break;
    choice = widenChoice(prepared, choice, missed);
  }
  return { found, bound, solveMs };
};

/** Columns at zero, rows basic: what has not taken part yet. */
const emptyBasis = ({ columns, rows }: LinearProgram): Basis => ({
  columns: new Int8Array(columns),
  rows: new Int8Array(rows).fill(1),
});

export const basisWithin = (basis: Basis, { columns, rows }: SubProgram): Basis => ({
  columns: Int8Array.from(columns, (column) => basis.columns[column]!),
  rows: Int8Array.from(rows, (row) => basis.rows[row]!),
});

const keep = (basis: Basis, { columns, rows }: SubProgram, ended: Basis): Basis => {
  const kept = { columns: basis.columns.slice(), rows: basis.rows.slice() };
  columns.forEach((column, at) => (kept.columns[column] = ended.columns[at]!));
  rows.forEach((row, at) => (kept.rows[row] = ended.rows[at]!));
  return kept;
};
