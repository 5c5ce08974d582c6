import type { Basis, SolveRequest, SolveResult } from '@slipway/capacity-planner-core';
import type { Highs, Model } from 'highs';

const OPTIMAL = 7;
const TARGET_REACHED = 12;
const TIME_LIMIT = 13;
/** HiGHS' own tolerance: a gap below it is none. */
const NO_GAP = 1e-9;

/** Solves one program with HiGHS, on one thread and from one seed: the same request has the same result. It blocks its thread. */
export const solveProgram = (highs: Highs, request: SolveRequest): SolveResult => {
  const startedAt = performance.now();
  const solveMs = (): number => Math.round(performance.now() - startedAt);
  try {
    return solve(highs, request, solveMs);
  } catch (error) {
    return { status: 'failed', because: `HiGHS failed: ${(error as Error).message}`, solveMs: solveMs() };
  }
};

const solve = (highs: Highs, request: SolveRequest, solveMs: () => number): SolveResult => {
  const isMixed = request.program.integer.includes(1);
  const model = createModel(highs, request);
  try {
    if (request.warmStart) model.setSolution({ colValue: request.warmStart });
    if (request.basis)
      model.setBasis({
        colStatus: Int32Array.from(request.basis.columns),
        rowStatus: Int32Array.from(request.basis.rows),
      });
    const { modelStatus } = model.run();
    const bound = isMixed ? Number(model.info.get('mip_dual_bound')) : undefined;
    const hasPlan = Number(model.info.get('primal_solution_status')) === 2;
    if (!hasPlan || ![OPTIMAL, TARGET_REACHED, TIME_LIMIT].includes(modelStatus))
      return {
        status: 'failed',
        because: `HiGHS ended without a plan (${statusName(modelStatus)})`,
        ...(bound !== undefined && Number.isFinite(bound) ? { bound } : {}),
        solveMs: solveMs(),
      };
    const values = model.getSolution().colValue;
    const objective = model.getObjectiveValue();
    const proven = bound ?? (modelStatus === OPTIMAL ? objective : -Infinity);
    const gap = relativeGap(objective, proven);
    const duals = request.duals === 'fixed-lp' ? dualsOf(highs, model, isMixed, request) : undefined;
    return {
      status: modelStatus === TIME_LIMIT ? 'time-limit' : gap <= NO_GAP ? 'optimal' : 'gap-reached',
      values,
      objective,
      bound: proven,
      gap,
      ...(duals && { duals, ...(!isMixed && { basis: basisOf(model) }) }),
      solveMs: solveMs(),
    };
  } finally {
    model.dispose();
  }
};

const createModel = (
  highs: Highs,
  { program, timeLimitMs, relativeGap: gap, enough }: SolveRequest,
): Model => {
  const model = highs.createModel({
    numCols: program.columns,
    numRows: program.rows,
    offset: program.offset,
    colCost: program.cost,
    colLower: program.columnLower,
    colUpper: program.columnUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csc',
      numRows: program.rows,
      numCols: program.columns,
      starts: program.starts,
      indices: program.rowIndices,
      values: program.coefficients,
    },
    ...(program.integer.includes(1) && { integrality: Int32Array.from(program.integer) }),
  });
  model.options.set({
    output_flag: false,
    random_seed: 0,
    time_limit: timeLimitMs / 1000,
    mip_rel_gap: gap,
    // Programs without integers are solved in turn, each from the basis of the one before, which is of the program as it stands.
    ...(!program.integer.includes(1) && { presolve: 'off' }),
    ...(enough !== undefined && { objective_target: enough }),
  });
  return model;
};

/** With the integers fixed where the search left them, what is left is a linear program, and that has duals. */
const dualsOf = (
  highs: Highs,
  model: Model,
  isMixed: boolean,
  { timeLimitMs }: SolveRequest,
): Readonly<{ rows: Float64Array; columns: Float64Array }> | undefined => {
  if (!isMixed) {
    const { rowDual, colDual } = model.getSolution();
    return { rows: rowDual, columns: colDual };
  }
  return highs.withModel(model.getFixedLp('csc'), (fixed) => {
    fixed.options.set({ output_flag: false, time_limit: timeLimitMs / 1000 });
    if (fixed.run().modelStatus !== OPTIMAL) return undefined;
    const { rowDual, colDual } = fixed.getSolution();
    return { rows: rowDual, columns: colDual };
  });
};

const basisOf = (model: Model): Basis => {
  const { colStatus, rowStatus } = model.getBasis();
  return { columns: Int8Array.from(colStatus), rows: Int8Array.from(rowStatus) };
};

const relativeGap = (objective: number, bound: number): number =>
  objective - bound <= 0 ? 0 : (objective - bound) / Math.max(Math.abs(objective), 1e-9);

const statusName = (status: number): string =>
  ({ 8: 'infeasible', 9: 'unbounded or infeasible', 10: 'unbounded', 13: 'out of time' })[status] ??
  `status ${status}`;
