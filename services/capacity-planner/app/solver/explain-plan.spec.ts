import { accepted } from '@slipway/kernel';
import {
  buildProgram,
  applyWhatIf,
  defaultPolicy,
  explainPlan,
  makePlan,
  prepare,
  whatIf,
  oneGpuMore,
  type LinearProgram,
  type Solver,
} from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;
const problem = randomProblem(
  3,
  { vendors: 5, offers: 80, groups: 20, periodsMs: [15 * MINUTE_MS, 30 * MINUTE_MS], gpus: 300 },
  { solve: { ...defaultPolicy.solve, relativeGap: 0.01 } },
);

const relaxedCost = (of: typeof problem, solver: Solver): Promise<number> =>
  costOf(buildProgram(prepare(of), { periods: 0, flows: 'continuous' }).program, solver);

const costOf = async (program: LinearProgram, solver: Solver): Promise<number> => {
  const result = await solver.solve({ program, timeLimitMs: 30_000, relativeGap: 0, duals: 'none' });
  return result.status === 'failed' ? NaN : result.objective * 1e6;
};

describe('an explanation', () => {
  it('prices one GPU more as solving again does, within a tenth for nine groups of ten', async () => {
    const solver = await inProcessSolver();
    const prepared = prepare(problem);
    const built = buildProgram(prepared, { periods: 0, flows: 'continuous' });
    const { marginal } = await explainPlan(problem, await makePlan(problem, { solver }), { solver });
    const before = await costOf(built.program, solver);
    const wrong: [string, number, number][] = [];
    for (const { index, group } of prepared.groups) {
      const solved = ((await costOf(oneGpuMore(built, prepared, index), solver)) - before) / 0.25;
      const said = marginal.find(({ groupId }) => groupId === group.groupId)!.microUsdPerGpuHour;
      if (Math.abs(solved - said) > 0.1 * Math.abs(solved)) wrong.push([group.groupId, solved, said]);
    }
    expect(marginal).toHaveLength(problem.groups.length);
    expect(wrong.length > marginal.length / 10 ? wrong : []).toEqual([]);
  });

  it('names for each offer the next best, and the price at which it would cost as little', async () => {
    const solver = await inProcessSolver();
    const plan = await makePlan(problem, { solver });
    const { choices } = await explainPlan(problem, plan, { solver });
    expect(choices.map(({ offerId }) => offerId).toSorted()).toEqual(
      plan.offers
        .filter(({ nodes }) => nodes[0]! > 0)
        .map(({ offerId }) => offerId)
        .toSorted(),
    );
    const flipping = choices.find(({ runnerUp }) => (runnerUp?.flipsAtMicroUsdPerNodeHour ?? 0) > 0)!;
    const { offerId, flipsAtMicroUsdPerNodeHour } = flipping.runnerUp!;
    const cheaper = {
      ...problem,
      offers: problem.offers.map((offer) =>
        offer.offerId === offerId
          ? {
              ...offer,
              billing: { ...offer.billing, priceMicroUsdPerNodeHour: flipsAtMicroUsdPerNodeHour! },
            }
          : offer,
      ),
    };
    const unit = prepare(cheaper).units.find(({ members }) =>
      members.some(({ offer }) => offer.offerId === offerId),
    )!;
    const effective =
      unit.prices.listMicroUsdPerHour +
      unit.prices.qualityMicroUsdPerHour +
      unit.prices.preemptionMicroUsdPerHour;
    expect(effective / unit.slots / flipping.price.effectiveMicroUsdPerGpuHour).toBeCloseTo(1, 2);
  });

  it('says what a quota costs: with more of it the plan is cheaper by what it says', async () => {
    const solver = await inProcessSolver();
    const tight = {
      ...problem,
      commitments: [],
      quotas: [...new Set(problem.offers.map(({ vendor }) => vendor))].map((vendor) => ({
        quotaId: vendor,
        scope: { vendor },
        limit: 30,
      })),
      fleet: { ...problem.fleet, holdings: [] },
    };
    const { binding } = await explainPlan(tight, await makePlan(tight, { solver }), { solver });
    const dearest = binding.find(({ name }) => name === 'quota')!;
    const more = accepted(applyWhatIf(tight, { quotas: [{ quotaId: dearest.subject, limit: 31 }] }));
    const saved = (await relaxedCost(tight, solver)) - (await relaxedCost(more, solver));
    expect(saved).toBeGreaterThan(0);
    // The quota binds in both periods; the first is a quarter of an hour of what it saves.
    expect(saved).toBeGreaterThanOrEqual(dearest.savesMicroUsdPerHour * 0.25 * 0.9);
  });

  it('shows what would be without a vendor', async () => {
    const solver = await inProcessSolver();
    const before = await makePlan(problem, { solver });
    const vendor = problem.offers[0]!.vendor;
    const { after, offers, totalDifferenceMicroUsd } = await whatIf(
      before,
      accepted(applyWhatIf(problem, { without: [{ vendor }] })),
      { solver },
    );
    expect(after.offers.filter(({ offerId }) => offerId.startsWith(`${vendor}/`))).toEqual([]);
    expect(offers.length).toBeGreaterThan(0);
    expect(totalDifferenceMicroUsd).toBe(after.cost.totalMicroUsd - before.cost.totalMicroUsd);
  });
});
