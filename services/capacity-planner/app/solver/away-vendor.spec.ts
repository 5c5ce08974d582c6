import { checkPlan, makePlan, type Plan, type PlanningProblem } from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;

const drawn = (seed: number, offers: number, gpus: number): PlanningProblem =>
  randomProblem(seed, {
    ...{ vendors: 3, offers, groups: 1 + (seed % 5), gpus },
    periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS],
  });

/** The problem while these vendors have not been seen for three minutes. */
const without = (problem: PlanningProblem, away: readonly string[]): PlanningProblem => ({
  ...problem,
  fleet: {
    ...problem.fleet,
    vendorsSeenAt: Object.fromEntries(
      problem.offers.map(({ vendor }) => [vendor, problem.at - (away.includes(vendor) ? 3 : 1) * MINUTE_MS]),
    ),
  },
});

const vendorsThatChange = ({ offers }: PlanningProblem, plan: Plan): readonly string[] => {
  const vendorOf = new Map(offers.map(({ offerId, vendor }) => [offerId, vendor]));
  return plan.offers
    .filter(({ nodesNow, nodes }) => nodes.some((count) => count !== nodesNow))
    .map(({ offerId }) => vendorOf.get(offerId)!);
};

test.each([
  ['small', Array.from({ length: 30 }, (_, seed) => drawn(seed + 1, 8, 20))],
  ['large', [drawn(4, 60, 600)]],
])(
  'in a %s fleet the hosts of a vendor that is away stay, and the others serve on',
  async (_, problems) => {
    const solver = await inProcessSolver();
    let [before, others] = [0, 0];
    for (const problem of problems) {
      const away = problem.offers[0]!.vendor;
      before += vendorsThatChange(problem, await makePlan(problem, { solver })).filter(
        (of) => of === away,
      ).length;
      const silent = without(problem, [away]);
      const plan = await makePlan(silent, { solver });
      expect(checkPlan(silent, plan)).toEqual([]);
      const changing = vendorsThatChange(silent, plan);
      expect(changing).not.toContain(away);
      others += changing.length;
    }
    expect(before).toBeGreaterThan(0);
    expect(others).toBeGreaterThan(0);
  },
  300_000,
);

test('while all vendors are away nothing is planned anew', async () => {
  const problem = drawn(1, 8, 20);
  const silent = without(problem, [...new Set(problem.offers.map(({ vendor }) => vendor))]);
  const plan = await makePlan(silent, { solver: await inProcessSolver() });
  expect(vendorsThatChange(silent, plan)).toEqual([]);
  expect(plan.solution.solver).toMatchObject({
    status: 'not-asked',
    because: expect.stringContaining('the view of the fleet') as string,
  });
});
