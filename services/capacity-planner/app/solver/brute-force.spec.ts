import { defaultPolicy, makePlan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { bruteForce } from './brute-force.testing.js';
import { inProcessSolver } from './in-process-solver.testing.js';

const SEEDS = Number(process.env['SEEDS'] ?? 100);
const MINUTE_MS = 60_000;

/** Few enough of everything that all plans can be tried. */
const tinyProblem = (seed: number): PlanningProblem => {
  const twoPeriods = seed % 2 === 0;
  const problem = randomProblem(
    seed,
    {
      vendors: 2,
      offers: twoPeriods ? 2 : 4,
      groups: 2,
      periodsMs: (twoPeriods ? [15, 30] : [15]).map((minutes) => minutes * MINUTE_MS),
      gpus: 4,
    },
    { solve: { ...defaultPolicy.solve, relativeGap: 0 } },
  );
  return {
    ...problem,
    offers: problem.offers.map((offer) => ({
      ...offer,
      behaviour: { ...offer.behaviour, availableNodes: Math.min(2, offer.behaviour.availableNodes!) },
    })),
    fleet: {
      ...problem.fleet,
      holdings: problem.fleet.holdings.map((holding) => ({
        ...holding,
        nodes: Math.min(1, holding.nodes),
        startingNodes: Math.min(1, holding.startingNodes),
      })),
      running: [],
    },
    forecast: {
      ...problem.forecast,
      groups: problem.forecast.groups.map((group) => ({
        ...group,
        periods: group.periods.map(({ expectedContainers }) => ({
          expectedContainers: Math.min(2, Math.round(expectedContainers)),
          quantiles: [],
        })),
      })),
    },
  };
};

describe(`${SEEDS} tiny problems`, () => {
  it('have no plan cheaper than ours', async () => {
    const solver = await inProcessSolver();
    const differing: Record<number, readonly [number, number]> = {};
    let served = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const problem = tinyProblem(seed);
      const plan = await makePlan(problem, { solver });
      const best = bruteForce(problem);
      // Waits are counted in whole thousandths of a container, in the program as they fall.
      const tolerance = Math.abs(best) * 1e-5 + 10;
      if (Math.abs(plan.cost.totalMicroUsd - best) > tolerance)
        differing[seed] = [plan.cost.totalMicroUsd, best];
      if (plan.flows.length > 0) served += 1;
    }
    expect(differing).toEqual({});
    expect(served).toBeGreaterThan(SEEDS / 4);
  }, 3_600_000);
});
