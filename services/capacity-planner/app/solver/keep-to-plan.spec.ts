import { buildProgram, prepare, siftProgram, type PlanningProblem } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;
const problem = randomProblem(4, {
  vendors: 4,
  offers: 120,
  groups: 20,
  periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS],
  gpus: 600,
});

const solve = async (of: PlanningProblem, relativeGap: number) => {
  const solver = await inProcessSolver();
  const prepared = prepare(of, { presolve: 'off' });
  const built = buildProgram(prepared, { periods: 3, flows: 'continuous' });
  let searches = 0;
  const counting: typeof solver = {
    solve: (asked) => {
      if (asked.program.integer.includes(1)) searches += 1;
      return solver.solve(asked);
    },
  };
  const result = await siftProgram(counting, built, prepared, { timeLimitMs: 60_000, relativeGap });
  if (result.status === 'failed') throw new Error(result.because);
  const nodes = prepared.units.map(({ index, offer }) => ({
    offerId: offer.offerId,
    nodes: [...built.layout.nodes[index]!].map((column) => Math.round(result.values[column]!) + 0),
  }));
  return { result, nodes, searches };
};

const dearerBy = (share: number): PlanningProblem => ({
  ...problem,
  offers: problem.offers.map((offer, index) => ({
    ...offer,
    billing: {
      ...offer.billing,
      priceMicroUsdPerNodeHour: Math.round(
        offer.billing.priceMicroUsdPerNodeHour * (1 + share * Math.sin(index)),
      ),
    },
  })),
});

describe('the counts of the plan before', () => {
  it('are kept without a search while they are near enough to the bound', async () => {
    const last = await solve(problem, 0.01);
    const next = await solve({ ...dearerBy(0.002), before: last.nodes }, 0.02);
    expect(last.searches).toBeGreaterThan(0);
    expect(next.searches).toBe(0);
    expect(next.nodes).toEqual(last.nodes);
    expect(next.result.gap).toBeLessThanOrEqual(0.02);
  });

  it('are given up where they are not', async () => {
    const none = (await solve(problem, 0.01)).nodes.map(({ offerId }) => ({ offerId, nodes: [0, 0, 0] }));
    const next = await solve({ ...problem, before: none }, 0.02);
    expect(next.searches).toBeGreaterThan(0);
    expect(next.result.gap).toBeLessThanOrEqual(0.02);
  });
});
