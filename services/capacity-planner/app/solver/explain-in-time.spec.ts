import { defaultPolicy, explainPlan, makePlan, type Solver } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const problem = randomProblem(
  3,
  { vendors: 3, offers: 20, groups: 8, periodsMs: [900_000], gpus: 30 },
  { solve: { ...defaultPolicy.solve, relativeGap: 0.01 } },
);

describe('an explanation in the time of whoever waits', () => {
  /** A solver that is quick beside what it takes to build its programs. */
  const explained = async (builtInMs: number) => {
    const solver = await inProcessSolver();
    const plan = await makePlan(problem, { solver });
    let elapsed = 0;
    const slow: Solver = {
      solve: (request) => {
        elapsed += builtInMs;
        return solver.solve(request);
      },
    };
    return {
      ...(await explainPlan(problem, plan, { solver: slow, elapsedMs: () => elapsed })),
      elapsedMs: elapsed,
    };
  };

  it('leaves out nothing while there is time', async () => {
    const { gpus, notPriced, notWeighed, without } = await explained(0);
    expect(gpus.length).toBeGreaterThan(8);
    expect([notPriced, notWeighed, without]).toEqual([0, 0, undefined]);
  });

  it.each([9_000, 19_000])(
    'begins no part too late where each program takes %d ms, and counts the rest',
    async (ms) => {
      const [all, some] = [await explained(0), await explained(ms)];
      expect(some.elapsedMs).toBeLessThanOrEqual(70_000 + ms);
      expect(some.gpus).toEqual(all.gpus.slice(0, some.gpus.length));
      expect(some.notPriced).toBe(all.gpus.length - some.gpus.length);
      expect(some.notPriced).toBeGreaterThan(0);
      expect(some.notWeighed).toBeGreaterThan(0);
      for (const because of [some.notPricedBecause, some.notWeighedBecause])
        expect(because).toContain('time is limited');
    },
  );

  it('solves nothing again where the first program takes too long, and says so', async () => {
    const { gpus, notPriced, worths, notWeighed, without } = await explained(21_000);
    expect([gpus, worths]).toEqual([[], []]);
    expect([notPriced, notWeighed].every((count) => count > 0)).toBe(true);
    expect(without).toContain('the program takes 21 s to be built and solved');
  });

  it.each([
    ['a small fleet', 1_000],
    ['a large one', 0],
  ])('says so where the solver fails at prices of %s that need it again', async (_, allIntegerBelowGpus) => {
    const solver = await inProcessSolver();
    const plan = await makePlan(problem, { solver });
    const { policy } = problem;
    const asked = { ...problem, policy: { ...policy, solve: { ...policy.solve, allIntegerBelowGpus } } };
    let solved = 0;
    const failing: Solver = {
      solve: (request) =>
        solved++ === 0
          ? solver.solve(request)
          : Promise.resolve({ status: 'failed', because: 'out of memory', solveMs: 0 }),
    };
    const said = await explainPlan(asked, plan, { solver: failing, elapsedMs: () => 0 });
    expect([said.notPriced, said.notWeighed].every((count) => count > 0)).toBe(true);
    expect([said.notPricedBecause, said.notWeighedBecause]).toEqual(
      Array(2).fill('the solver failed: out of memory'),
    );
  });
});
