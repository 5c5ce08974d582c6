import {
  checkPlan,
  defaultPolicy,
  explainPlan,
  makePlan,
  type PlanningPolicy,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import { plainGroup, plainOffer } from '@slipway/capacity-planner-core/testing/plain-parts';
import { inProcessSolver } from './in-process-solver.testing.js';

const PERIOD_MS = 900_000;
const cheap = plainOffer('cheap', 1, 2);
const dear = plainOffer('dear', 1, 30, { region: 'eu-1' });
const cheaper = plainOffer('cheaper', 1, 1, { shape: { ...cheap.shape, gpuType: 'L4' } });
const job = plainGroup('job', 1);

const problemOf = (pins: PlanningPolicy['pins'], held = 0): PlanningProblem => ({
  ...{ at: 0, offers: [cheap, dear, cheaper], quotas: [], commitments: [], groups: [job] },
  forecast: {
    madeAt: 0,
    groups: [
      {
        groupId: job.groupId,
        periods: [1, 2].map(() => ({ expectedContainers: 3, quantiles: [] })),
      },
    ],
    pooledErrors: [],
  },
  fleet: {
    seenAt: 0,
    holdings: [{ offerId: dear.offerId, nodes: held, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
    running: [],
  },
  policy: { ...defaultPolicy, horizon: { periodsMs: [PERIOD_MS, PERIOD_MS] }, pins: pins ?? [] },
});

const planned = async (problem: PlanningProblem) => {
  const plan = await makePlan(problem, { solver: await inProcessSolver() });
  expect(checkPlan(problem, plan)).toEqual([]);
  return {
    plan,
    nodes: Object.fromEntries(plan.offers.map(({ offerId, nodes }) => [offerId, nodes])),
    slacks: plan.slacks.map(({ name, subject, amount }) => [name, subject, amount]),
  };
};

test('at least so many nodes are held, also of what nobody needs, until the pin ends', async () => {
  const dearOnes = { filter: { offerId: dear.offerId }, least: 2, until: PERIOD_MS };
  const { nodes, slacks } = await planned(problemOf([dearOnes, { filter: { gpuType: 'L4' }, least: 1 }]));
  expect(nodes).toMatchObject({ dear: [2, 0], cheaper: [1, 1] });
  expect(slacks).toEqual([]);
});

test('at least so many nodes are held where nobody wants anything', async () => {
  const problem = problemOf([{ filter: { gpuType: 'L4' }, least: 2 }]);
  const nobody = { ...problem, groups: [], forecast: { ...problem.forecast, groups: [] } };
  expect((await planned(nobody)).nodes).toMatchObject({ cheaper: [2, 2] });
});

test('no more than so many are held, though they are the cheapest, and what is held beyond them is let go', async () => {
  expect((await planned(problemOf([{ filter: { offerId: cheap.offerId }, most: 1 }]))).nodes).toEqual({
    cheap: [1, 1],
    dear: [2, 2],
  });
  expect((await planned(problemOf([{ filter: { region: 'eu-1' }, most: 0 }], 3))).nodes).toMatchObject({
    cheap: [3, 3],
    dear: [0, 0],
  });
});

test('a pin costs somebody his node before it is broken, and says what one node more would save', async () => {
  const pins = [{ filter: { vendor: 'vendor' }, most: 2 }];
  const { plan, slacks } = await planned(problemOf(pins));
  expect(slacks.map(([name]) => name)).toEqual(['shortage', 'shortage']);
  const { binding } = await explainPlan(problemOf(pins), plan, {
    solver: await inProcessSolver(),
    elapsedMs: () => 0,
  });
  expect(binding.find(({ name }) => name === 'pin')).toMatchObject({
    ...{ subject: 'vendor=vendor at most 2', unit: 'node' },
  });
});

const few = { ...cheaper, behaviour: { ...cheaper.behaviour, availableNodes: 1 } };

test('what no plan can do about a pin is told and costs nothing', async () => {
  const problem = problemOf([{ filter: { gpuType: 'L4' }, least: 3 }]);
  const { slacks, plan } = await planned({ ...problem, offers: [cheap, dear, few] });
  expect(slacks).toEqual([
    ['pin', 'gpu=L4 at least 3', 2],
    ['pin', 'gpu=L4 at least 3', 2],
  ]);
  expect(plan.cost.slacksMicroUsd).toBe(0);
});

test('a quota and nodes that are paid for bound what a plan can do about a pin', async () => {
  const quota = { quotaId: 'l4', scope: { vendor: 'vendor', gpuType: 'L4' }, limit: 2 };
  const wanting = { ...problemOf([{ filter: { gpuType: 'L4' }, least: 5 }]), quotas: [quota] };
  const short = await planned(wanting);
  expect(short.nodes).toMatchObject({ cheaper: [2, 2] });
  expect(short.plan.cost.slacksMicroUsd).toBe(0);
  const paying = problemOf([{ filter: { offerId: dear.offerId }, most: 0 }], 2);
  const [holding] = paying.fleet.holdings;
  const paid = { ...holding!, paidUntil: [{ at: 2 * PERIOD_MS, nodes: 1 }] };
  const kept = await planned({ ...paying, fleet: { ...paying.fleet, holdings: [paid] } });
  expect(kept.nodes).toMatchObject({ dear: [1, 1] });
  expect(kept.plan.cost.slacksMicroUsd).toBe(0);
  expect(kept.slacks).toEqual([
    ['pin', `offer=${dear.offerId} at most 0`, 1],
    ['pin', `offer=${dear.offerId} at most 0`, 1],
  ]);
});

test('what only the cap on spend keeps from a pin costs nothing, and the plan is as near to its bound as without', async () => {
  const guardrails = { ...defaultPolicy.guardrails, maxSpendMicroUsdPerHour: 65_000_000 };
  const pinned = (least: number): PlanningProblem => {
    const problem = problemOf([{ filter: { offerId: dear.offerId }, least }]);
    return { ...problem, policy: { ...problem.policy, guardrails } };
  };
  const [short, met] = await Promise.all([planned(pinned(5)), planned(pinned(2))]);
  expect(short.nodes).toMatchObject({ dear: [2, 2] });
  expect(short.slacks.filter(([name]) => name === 'pin')).toEqual([
    ['pin', `offer=${dear.offerId} at least 5`, 3],
    ['pin', `offer=${dear.offerId} at least 5`, 3],
  ]);
  expect(short.plan.cost).toEqual(met.plan.cost);
});

test('a pin that cannot be met leaves a plan as near to its bound as no pin does', async () => {
  const problem = { ...problemOf([{ filter: { gpuType: 'L4' }, least: 3 }]), offers: [cheap, dear, few] };
  const { plan } = await planned(problem);
  const met = await planned({
    ...problem,
    policy: { ...problem.policy, pins: [{ filter: { gpuType: 'L4' }, least: 1 }] },
  });
  expect(plan.cost.totalMicroUsd).toBe(met.plan.cost.totalMicroUsd);
  expect(plan.offers).toEqual(met.plan.offers);
});

test('the checker finds a pin that is priced for what no plan can do', async () => {
  const problem = { ...problemOf([{ filter: { gpuType: 'L4' }, least: 3 }]), offers: [cheap, dear, few] };
  const { plan } = await planned(problem);
  const priced = { ...plan, slacks: plan.slacks.map((slack) => ({ ...slack, costMicroUsd: 500_000_000 })) };
  expect(checkPlan(problem, priced)).toContain(
    'period 0: what is beyond pins costs 0, and is said to cost 500000000',
  );
});
