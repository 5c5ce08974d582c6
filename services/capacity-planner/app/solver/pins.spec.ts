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
  const { binding } = await explainPlan(problemOf(pins), plan, { solver: await inProcessSolver() });
  expect(binding.find(({ name }) => name === 'pin')).toMatchObject({
    ...{ subject: 'vendor=vendor at most 2', unit: 'node' },
  });
});

test('one that cannot be met is told', async () => {
  const few = { ...cheaper, behaviour: { ...cheaper.behaviour, availableNodes: 1 } };
  const problem = problemOf([{ filter: { gpuType: 'L4' }, least: 3 }]);
  const { slacks } = await planned({ ...problem, offers: [cheap, dear, few] });
  expect(slacks).toEqual([
    ['pin', 'gpu=L4 at least 3', 2],
    ['pin', 'gpu=L4 at least 3', 2],
  ]);
});
