import {
  checkPlan,
  defaultPolicy,
  explainPlan,
  makePlan,
  whyOffer,
  type Commitment,
  type Guardrails,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import { isRefusal } from '@slipway/kernel';
import { plainGroup, plainOffer } from '@slipway/capacity-planner-core/testing/plain-parts';
import { inProcessSolver } from './in-process-solver.testing.js';

const PERIOD_MS = 900_000;
const cheap = plainOffer('cheap', 1, 2);
const dear = plainOffer('dear', 1, 3);
const job = plainGroup('job', 1);

const problemOf = (
  commitments: readonly Commitment[],
  containers: number,
  guardrails: Partial<Guardrails> = {},
): PlanningProblem => ({
  ...{ at: 0, offers: [cheap, dear], quotas: [], commitments, groups: [job] },
  forecast: {
    madeAt: 0,
    groups: [{ groupId: job.groupId, periods: [{ expectedContainers: containers, quantiles: [] }] }],
    pooledErrors: [],
  },
  fleet: { seenAt: 0, holdings: [], running: [] },
  policy: {
    ...defaultPolicy,
    horizon: { periodsMs: [PERIOD_MS] },
    guardrails: { ...defaultPolicy.guardrails, ...guardrails },
  },
});
const owned: Commitment = {
  ...{ commitmentId: 'owned', kind: 'nodes', offerIds: [dear.offerId], nodes: 2 },
  ...{ priceMicroUsdPerHour: 4_000_000, startsAt: 0, endsAt: 10 * PERIOD_MS },
};

const failed = { status: 'failed', because: 'a spec', solveMs: 0 } as const;

const planned = async (problem: PlanningProblem) => {
  const plan = await makePlan(problem, { solver: await inProcessSolver() });
  expect(checkPlan(problem, plan)).toEqual([]);
  return {
    nodes: Object.fromEntries(plan.offers.map(({ offerId, nodes }) => [offerId, nodes[0]])),
    perHour: plan.cost.paidMicroUsdPerHourAfter / 1e6,
    before: plan.cost.paidMicroUsdPerHourBefore / 1e6,
    slacks: plan.slacks.map(({ name }) => name),
  };
};

test('what was committed to is used first, though its list price is higher; it costs the same unused', async () => {
  expect(await planned(problemOf([owned], 3))).toMatchObject({ nodes: { cheap: 1, dear: 2 }, perHour: 6 });
  expect(await planned(problemOf([], 3))).toMatchObject({ nodes: { cheap: 3 }, perHour: 6 });
  expect(await planned(problemOf([owned], 0))).toMatchObject({ nodes: {}, perHour: 4, before: 4 });
});

test('one that is over counts no more', async () => {
  const over = { ...owned, endsAt: PERIOD_MS - 1 };
  expect(await planned(problemOf([over], 3))).toMatchObject({ nodes: { cheap: 3 }, perHour: 6 });
});

test('a spend cap concerns what is paid beside commitments', async () => {
  const cap = { maxSpendMicroUsdPerHour: 2_000_000 };
  const plan = await planned(problemOf([owned], 4, cap));
  expect(plan).toMatchObject({ nodes: { cheap: 1, dear: 2 }, slacks: ['shortage'] });
});

describe('where more is spent than the cap allows', () => {
  const elsewhere = plainOffer('elsewhere', 1, 3, { vendor: 'other' });
  const cap = { maxSpendMicroUsdPerHour: 5_000_000 };
  const above = (commitments: readonly Commitment[], containers: number): PlanningProblem => ({
    ...problemOf(commitments, containers, cap),
    offers: [cheap, dear, elsewhere],
    fleet: {
      ...{ seenAt: 0, running: [] },
      holdings: [{ offerId: elsewhere.offerId, nodes: 2, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
    },
  });

  test('only what a commitment pays for is started', async () => {
    expect((await planned(above([], 4))).nodes).toEqual({ elsewhere: 2 });
    expect((await planned(above([owned], 4))).nodes).toEqual({ elsewhere: 2, dear: 2 });
    expect((await planned(above([owned], 6))).nodes).toEqual({ elsewhere: 2, dear: 2 });
    expect((await planned(above([{ ...owned, nodes: 1 }], 6))).nodes).toEqual({ elsewhere: 2, dear: 1 });
  });

  test('nothing is started under terms that end within the horizon: soon it would add to the bill', async () => {
    const periodsMs = [PERIOD_MS, PERIOD_MS];
    const until = (endsAt: number): PlanningProblem => {
      const problem = above([{ ...owned, endsAt }], 4);
      const [group] = problem.forecast.groups;
      return {
        ...problem,
        forecast: {
          ...problem.forecast,
          groups: [{ ...group!, periods: [group!.periods[0]!, group!.periods[0]!] }],
        },
        policy: { ...problem.policy, horizon: { periodsMs } },
      };
    };
    const soonOver = until(PERIOD_MS + 1);
    expect((await planned(soonOver)).nodes).toEqual({ elsewhere: 2 });
    expect((await planned(until(2 * PERIOD_MS))).nodes).toEqual({ elsewhere: 2, dear: 2 });
    const started = await makePlan(until(2 * PERIOD_MS), { solver: await inProcessSolver() });
    expect(checkPlan(soonOver, started)).toContainEqual(
      expect.stringMatching(/12000000 micro-USD per hour are spent after starts once commitments have ended/),
    );
    const byRules = await makePlan(soonOver, { solver: { solve: () => Promise.resolve(failed) } });
    expect(checkPlan(soonOver, byRules)).toEqual([]);
  });

  test('a share of a bill pays for as many as it covers whole', async () => {
    const share: Commitment = {
      ...{ commitmentId: 'share', kind: 'spend', vendor: dear.vendor, coveredMicroUsdPerHour: 5_000_000 },
      ...{ priceMicroUsdPerHour: 3_000_000, startsAt: 0, endsAt: 10 * PERIOD_MS },
    };
    expect((await planned(above([share], 6))).nodes).toEqual({ elsewhere: 2, cheap: 2 });
    const elsewhereToo = { ...share, vendor: 'other', coveredMicroUsdPerHour: 500_000 };
    expect((await planned(above([elsewhereToo], 6))).nodes).toEqual({ elsewhere: 2 });
  });

  test('every rule of thumb keeps to it too, and holds what was held', async () => {
    const plan = await makePlan(above([owned], 6), { solver: { solve: () => Promise.resolve(failed) } });
    expect(checkPlan(above([owned], 6), plan)).toEqual([]);
    expect(plan.solution.solver.status).toBe('fallback');
    expect(plan.offers.map(({ offerId, nodes }) => [offerId, nodes[0]])).toEqual([
      ['dear', 2],
      ['elsewhere', 2],
    ]);
  });

  test('the checker finds a start that adds to the bill', async () => {
    const problem = above([owned], 4);
    const plan = await makePlan(problem, { solver: await inProcessSolver() });
    const faults = checkPlan({ ...problem, commitments: [{ ...owned, nodes: 1 }] }, plan);
    expect(faults).toContainEqual(expect.stringMatching(/9000000 micro-USD per hour are spent after starts/));
  });
});

test('a share of the bill makes what it covers as good as free', async () => {
  const share: Commitment = {
    ...{ commitmentId: 'share', kind: 'spend', vendor: dear.vendor, coveredMicroUsdPerHour: 4_000_000 },
    ...{ priceMicroUsdPerHour: 3_000_000, startsAt: 0, endsAt: 10 * PERIOD_MS },
  };
  expect(await planned(problemOf([share], 3))).toMatchObject({ nodes: { cheap: 3 }, perHour: 3 + 2 });
});

test('why a dearer offer is held is explained by the commitment that pays for it', async () => {
  const problem = problemOf([owned], 2);
  const plan = await makePlan(problem, { solver: await inProcessSolver() });
  const why = whyOffer(problem, plan, dear.offerId);
  expect(!isRefusal(why) && why.because).toMatch(/; commitment owned pays for 2 nodes of it and its like$/);
  const { choices } = await explainPlan(problem, plan, {
    solver: await inProcessSolver(),
    elapsedMs: () => 0,
  });
  expect(choices[0]!.runnerUp!.keptOutBy).toContain('commitment owned pays for 2 nodes of it and its like');
});
