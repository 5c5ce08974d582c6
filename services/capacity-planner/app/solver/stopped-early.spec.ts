import { checkPlan, makePlan, type Solver } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;

/** As if time ended when the divisible program was solved. */
const withoutSearch = (solver: Solver): Solver => ({
  solve: async (request) =>
    request.program.integer.includes(1)
      ? { status: 'failed', because: 'out of time', solveMs: 0 }
      : await solver.solve(request),
});

test('planning that is stopped after the divisible program has a plan near its bound', async () => {
  const solver = withoutSearch(await inProcessSolver());
  for (let seed = 1; seed <= 3; seed++) {
    const problem = randomProblem(seed, {
      vendors: 8,
      offers: 400,
      groups: 50,
      periodsMs: [15, 15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS),
      gpus: 1500,
      home: 'one-vendor',
    });
    const plan = await makePlan(problem, { solver });
    expect(checkPlan(problem, plan)).toEqual([]);
    expect(plan.solution).toMatchObject({ planner: 'milp', solver: { status: 'time-limit' } });
    expect(plan.solution.gap).toBeLessThan(0.05);
  }
});
