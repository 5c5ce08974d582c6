import { makePlan, type SolveRequest } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { HighsSolver } from './highs-solver.js';

const threadProgram = new URL('../dist/solver/solve.thread.js', import.meta.url);
const MINUTE_MS = 60_000;
const problem = randomProblem(7, {
  vendors: 3,
  offers: 30,
  groups: 8,
  periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS],
  gpus: 40,
});

/** Two nodes at 3 and 5 dollars, of which at least 1.5 in all are wanted. */
const knapsack: SolveRequest = {
  program: {
    columns: 2,
    rows: 1,
    offset: 0,
    cost: Float64Array.of(3, 5),
    columnLower: Float64Array.of(0, 0),
    columnUpper: Float64Array.of(1, 9),
    integer: Uint8Array.of(1, 1),
    rowLower: Float64Array.of(1.5),
    rowUpper: Float64Array.of(Infinity),
    starts: Int32Array.of(0, 1, 2),
    rowIndices: Int32Array.of(0, 0),
    coefficients: Float64Array.of(1, 1),
  },
  timeLimitMs: 20_000,
  relativeGap: 0,
  duals: 'fixed-lp',
};

describe('the solver in its thread', () => {
  it('answers with the plan, its bound and its gap', async () => {
    const result = await new HighsSolver(threadProgram).solve(knapsack);
    expect(result).toMatchObject({ status: 'optimal', objective: 8, bound: 8, gap: 0 });
    expect(result).toMatchObject({ values: Float64Array.of(1, 1) });
    expect(result.status !== 'failed' && result.duals?.rows).toHaveLength(1);
  });

  it('leaves the event loop free while it works', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await new HighsSolver(threadProgram).solve(knapsack);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });

  it('says that there is no plan where none can be', async () => {
    const impossible = { ...knapsack.program, columnUpper: Float64Array.of(0, 1) };
    const result = await new HighsSolver(threadProgram).solve({ ...knapsack, program: impossible });
    expect(result).toMatchObject({ status: 'failed', because: 'HiGHS ended without a plan (infeasible)' });
  });

  it('makes the same plan of the same problem', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => makePlan(problem, { solver: new HighsSolver(threadProgram) })),
    );
    const timeless = (plan: typeof one) => ({ ...plan, solution: { ...plan!.solution, solveMs: 0 } });
    expect(timeless(one)).toEqual(timeless(other));
  });
});

describe('a solver that dies', () => {
  const missing = new URL('data:text/javascript,throw new Error("out of memory\\nand a long program")');

  it('is an answer in one line', async () => {
    const result = await new HighsSolver(missing).solve(knapsack);
    expect(result).toMatchObject({ status: 'failed', because: 'the solver failed: out of memory' });
  });

  it('is given up when it does not answer', async () => {
    const silent = new URL('data:text/javascript,setInterval(() => {}, 1000)');
    const result = await new HighsSolver(silent, 50).solve({ ...knapsack, timeLimitMs: 50 });
    expect(result).toMatchObject({ status: 'failed', because: 'the solver did not answer within 150 ms' });
  });

  it('leaves a plan by a rule of thumb, which says so', async () => {
    const plan = await makePlan(problem, { solver: new HighsSolver(missing) });
    expect(plan.solution.planner).not.toBe('milp');
    expect(plan.solution.solver).toEqual({
      status: 'fallback',
      because: 'the solver failed: out of memory',
    });
    expect(plan.offers.some(({ nodes }) => nodes[0]! > 0)).toBe(true);
  });
});
