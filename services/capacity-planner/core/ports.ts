/**
 * A mixed-integer program in column-major form, as solvers take it:
 * minimise offset + cost·x subject to rowLower ≤ A·x ≤ rowUpper, columnLower ≤ x ≤ columnUpper, x integer where marked.
 */
export type LinearProgram = Readonly<{
  columns: number;
  rows: number;
  offset: number;
  cost: Float64Array;
  columnLower: Float64Array;
  columnUpper: Float64Array;
  /** 1 for an integer column. */
  integer: Uint8Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** Column j has the entries `starts[j]` to `starts[j + 1] - 1` of `rowIndices` and `coefficients`. */
  starts: Int32Array;
  rowIndices: Int32Array;
  coefficients: Float64Array;
}>;

/** Where each column and each row of a linear program stands: 0 at its lower bound, 1 basic, 2 at its upper bound, 3 free at zero. */
export type Basis = Readonly<{ columns: Int8Array; rows: Int8Array }>;

export type SolveRequest = Readonly<{
  program: LinearProgram;
  timeLimitMs: number;
  /** The search stops when (objective − bound) / objective is at or below this. */
  relativeGap: number;
  /** The search stops at a plan that costs no more than this. */
  enough?: number;
  /** A value for each column to begin with; it may break rules, the solver then repairs or ignores it. */
  warmStart?: Float64Array;
  /** Where to begin a program without integers, such as what another with fewer columns ended with. */
  basis?: Basis;
  /** With `fixed-lp`, integers are fixed at their values when the search is over and the duals of the rest are read. */
  duals: 'none' | 'fixed-lp';
}>;

export type SolveResult =
  | Readonly<{
      status: 'optimal' | 'gap-reached' | 'time-limit';
      values: Float64Array;
      objective: number;
      /** The best proven bound; equal to the objective when optimal. */
      bound: number;
      gap: number;
      duals?: Readonly<{ rows: Float64Array; columns: Float64Array }>;
      /** Where a program without integers ended, if its duals were asked for. */
      basis?: Basis;
      solveMs: number;
    }>
  /** Out of time without any plan, out of memory, an error: `because` is for people. */
  | Readonly<{
      status: 'failed';
      because: string;
      bound?: number;
      /** The values of the divisible program, where that much was solved: no plan yet, but next to one. */
      near?: Float64Array;
      solveMs: number;
    }>;

/** A solver of mixed-integer programs. It never rejects and never blocks its caller; the same request has the same result. */
export interface Solver {
  solve(request: SolveRequest): Promise<SolveResult>;
}

/** What the capacity planner's core needs of the world. */
export interface PlannerPorts {
  solver: Solver;
}
