import { checkPlan, makePlan, type Solver } from '@slipway/capacity-planner-core';
import { randomProblem, type ProblemSize } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;
const size: ProblemSize = {
  vendors: 6,
  offers: 120,
  groups: 20,
  periodsMs: [15, 15, 30, 60].map((minutes) => minutes * MINUTE_MS),
  gpus: 600,
  home: 'one-vendor',
};
const problem = randomProblem(1, size);

describe('the plan of a large fleet', () => {
  test('is the solver’s where that is near its bound, beside what rules of thumb would cost', async () => {
    const ports = { solver: await inProcessSolver() };
    const plan = await makePlan(problem, ports);
    expect(checkPlan(problem, plan)).toEqual([]);
    expect(plan.solution.gap).toBeLessThan(0.02);
    expect(plan.solution.planner).toBe('milp');
    expect(plan.solution.candidates.length).toBeGreaterThan(3);
    const alone = await makePlan(problem, ports, { compared: false });
    expect(alone.solution.candidates.map(({ planner }) => planner)).toEqual(['milp']);
    expect(alone.offers).toEqual(plan.offers);
  });

  test('counts with what was committed to', async () => {
    const owning = randomProblem(3, { ...size, commitments: 'many' });
    expect(owning.commitments.length).toBeGreaterThan(1);
    const plan = await makePlan(owning, { solver: await inProcessSolver() });
    expect(checkPlan(owning, plan)).toEqual([]);
    expect(plan.solution.gap).toBeLessThan(0.02);
    expect(plan.solution.planner).toBe('milp');
  });

  test('is the cheapest rule of thumb’s where the solver fails', async () => {
    const solver: Solver = {
      solve: () => Promise.resolve({ status: 'failed', because: 'it broke', solveMs: 0 }),
    };
    const plan = await makePlan(problem, { solver });
    expect(checkPlan(problem, plan)).toEqual([]);
    const { planner, candidates } = plan.solution;
    expect(candidates.length).toBeGreaterThan(3);
    const cheapest = candidates.reduce((best, next) =>
      next.totalMicroUsd < best.totalMicroUsd ? next : best,
    );
    expect(planner).toBe(cheapest.planner);
    expect(plan.solution.solver.status).toBe('fallback');
  });
});
