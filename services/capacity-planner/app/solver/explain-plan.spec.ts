import { accepted } from '@slipway/kernel';
import {
  buildProgram,
  applyWhatIf,
  defaultPolicy,
  explainPlan,
  makePlan,
  prepare,
  oneGpuMore,
  type LinearProgram,
  type Solver,
} from '@slipway/capacity-planner-core';
import { randomProblem } from '@slipway/capacity-planner-core/testing/random-problem';
import { plainGroup, plainOffer } from '@slipway/capacity-planner-core/testing/plain-parts';
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
    const { marginal } = await explainPlan(problem, await makePlan(problem, { solver }), {
      solver,
      elapsedMs: () => 0,
    });
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
    const { choices } = await explainPlan(problem, plan, { solver, elapsedMs: () => 0 });
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
    const { binding } = await explainPlan(tight, await makePlan(tight, { solver }), {
      solver,
      elapsedMs: () => 0,
    });
    const dearest = binding.find(({ name }) => name === 'quota')!;
    const more = accepted(applyWhatIf(tight, { quotas: [{ quotaId: dearest.subject, limit: 31 }] }));
    const saved = (await relaxedCost(tight, solver)) - (await relaxedCost(more, solver));
    expect(saved).toBeGreaterThan(0);
    // The quota binds in both periods; the first is a quarter of an hour of what it saves.
    expect(saved).toBeGreaterThanOrEqual(dearest.savesMicroUsdPerHour * 0.25 * 0.9);
  });

  it('prices one GPU more of each type: never less where it must be firm, nor for who is served first', async () => {
    const solver = await inProcessSolver();
    const { gpus } = await explainPlan(problem, await makePlan(problem, { solver }), {
      solver,
      elapsedMs: () => 0,
    });
    const priceOf = (type: string, priority: string, standsOn: string): number =>
      gpus.find((one) => one.gpuType === type && one.priority === priority && one.standsOn === standsOn)!
        .microUsdPerGpuHour;
    const types = [...new Set(gpus.map(({ gpuType }) => gpuType))];
    expect(types.length).toBeGreaterThan(1);
    for (const type of types) {
      for (const priority of ['standard', 'high'])
        expect(priceOf(type, priority, 'firm')).toBeGreaterThanOrEqual(priceOf(type, priority, 'any') - 1);
      for (const standsOn of ['any', 'firm'])
        expect(priceOf(type, 'high', standsOn)).toBeGreaterThanOrEqual(
          priceOf(type, 'standard', standsOn) - 1,
        );
      expect(priceOf(type, 'standard', 'any')).toBeGreaterThan(0);
    }
  });

  it('of a small fleet, prices one GPU more by what stands idle, or by what is to be bought and waited for', async () => {
    const solver = await inProcessSolver();
    const group = plainGroup('someone', 1, { spot: 'refused' });
    const pricesWith = async (expectedContainers: number): Promise<readonly number[]> => {
      const small: typeof problem = {
        ...{ at: 0, offers: [plainOffer('node', 2, 4)], quotas: [], commitments: [], groups: [group] },
        forecast: {
          ...{ madeAt: 0, pooledErrors: [] },
          groups: [{ groupId: group.groupId, periods: [{ expectedContainers, quantiles: [] }] }],
        },
        fleet: {
          ...{ seenAt: 0, running: [] },
          holdings: [{ offerId: 'node', nodes: 1, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
        },
        policy: { ...defaultPolicy, horizon: { periodsMs: [15 * MINUTE_MS] } },
      };
      const { gpus } = await explainPlan(small, await makePlan(small, { solver }), {
        solver,
        elapsedMs: () => 0,
      });
      return gpus.map(({ microUsdPerGpuHour }) => microUsdPerGpuHour);
    };
    expect(await pricesWith(1)).toEqual([0, 0, 0, 0]);
    const full = await pricesWith(2);
    expect(full).toHaveLength(4);
    // Half a node at $2, its start, and the minute that a batch job waits for it.
    for (const price of full) expect(price).toBeGreaterThan(2_000_000 + 8 * 2_000_000 * (1 / 15) * 0.99);
    for (const price of full) expect(price).toBeLessThan(4_000_000);
  });

  it('says what a pin and a floor cost: without them the plan is cheaper by what it says', async () => {
    const solver = await inProcessSolver();
    const [group] = problem.groups;
    const { vendor } = problem.offers.find(({ shape }) => shape.gpuType === group!.gpuTypes[0])!;
    const pins = { ...group!.pins, vendors: [vendor], regions: [], geos: [] };
    const wishing = {
      ...problem,
      groups: [{ ...group!, pins, floorContainers: 40 }, ...problem.groups.slice(1)],
    };
    const before = await relaxedCost(wishing, solver);
    const { worths, notWeighed } = await explainPlan(wishing, await makePlan(wishing, { solver }), {
      solver,
      elapsedMs: () => 0,
    });
    expect(notWeighed).toBe(0);
    const hours = 0.75;
    const found = worths.filter(({ groupId, rule }) => groupId === group!.groupId && rule === 'floor');
    expect(found).toMatchObject([{ value: '40' }]);
    for (const { groupId, rule, savesMicroUsdPerHour } of worths) {
      if (rule !== 'floor' && rule !== 'vendors') continue;
      const groups = wishing.groups.map((one) =>
        one.groupId !== groupId
          ? one
          : rule === 'floor'
            ? { ...one, floorContainers: 0 }
            : { ...one, pins: { ...one.pins, vendors: [] } },
      );
      const saved = (before - (await relaxedCost({ ...wishing, groups }, solver))) / hours;
      expect(savesMicroUsdPerHour / saved).toBeCloseTo(1, 2);
    }
  });

  it('says why there are no prices where the solver has none', async () => {
    const solver = await inProcessSolver();
    const plan = await makePlan(problem, { solver });
    const away: Solver = {
      solve: () => Promise.resolve({ status: 'failed', because: 'away', solveMs: 0 }),
    };
    const { without, choices, gpus, worths } = await explainPlan(problem, plan, {
      solver: away,
      elapsedMs: () => 0,
    });
    expect([without, gpus, worths]).toEqual(['away', [], []]);
    expect(choices.length).toBeGreaterThan(0);
  });
});
