import {
  checkPlan,
  defaultPolicy,
  makePlan,
  type Plan,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import { plainGroup, plainOffer } from '@slipway/capacity-planner-core/testing/plain-parts';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;
const SMALL = { ...defaultPolicy.solve, allIntegerBelowGpus: 200 };

/** The plan with something else in one entry of a list. */
const withEntry = <List extends 'service' | 'buffers' | 'cells'>(
  plan: Plan,
  list: List,
  at: number,
  change: Partial<Plan[List][number]>,
): Plan => ({
  ...plan,
  [list]: plan[list].map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
});

const job = plainGroup('job', 1, { waitClass: 'background' });
const one = plainOffer('one', 1, 2);

type Jobs = Readonly<{ wanted: readonly number[]; nodes: number; startingNodes: number }>;

/** Two jobs now and three in the next period, if nothing else is said, and no node yet; to wait for one is cheaper than an idle one. */
const jobs = (
  solve: PlanningProblem['policy']['solve'],
  { wanted = [2, 3], nodes = 0, startingNodes = 0 }: Partial<Jobs> = {},
): PlanningProblem => ({
  at: 0,
  offers: [one, plainOffer('unneeded', 1, 9, { behaviour: { ...one.behaviour, leadMs: 5 * MINUTE_MS } })],
  quotas: [],
  commitments: [],
  groups: [job],
  forecast: {
    madeAt: 0,
    groups: [
      {
        groupId: job.groupId,
        periods: wanted.map((expectedContainers) => ({ expectedContainers, quantiles: [] })),
      },
    ],
    pooledErrors: [
      {
        gpuType: 'H100',
        quantiles: [
          { level: 0.5, gpus: 0 },
          { level: 0.99, gpus: 2 },
        ],
      },
    ],
  },
  fleet: {
    seenAt: 0,
    holdings: [{ offerId: one.offerId, nodes, startingNodes, drainingNodes: 0, paidUntil: [] }],
    running: [],
  },
  policy: { ...defaultPolicy, horizon: { periodsMs: [15 * MINUTE_MS, 15 * MINUTE_MS] }, solve },
});

const planOf = async (problem: PlanningProblem): Promise<Plan> =>
  makePlan(problem, { solver: await inProcessSolver() });

/** What is found when one entry of the plan of the jobs is changed. */
const foundWith = async <List extends 'service' | 'buffers' | 'cells'>(
  problem: PlanningProblem,
  list: List,
  change: Partial<Plan[List][number]>,
): Promise<readonly string[]> => checkPlan(problem, withEntry(await planOf(problem), list, 0, change));

describe('a cell', () => {
  test.each<[string, Partial<Plan['cells'][number]>, string]>([
    ['names its longest lead', { leadMs: 1 }, 'its longest lead is 60000 ms, not 1'],
    ['names its GPU', { gpuType: 'L4' }, 'one has no L4'],
    [
      'is of offers that take about as long',
      { offerIds: [one.offerId, plainOffer('unneeded', 1, 9).offerId] },
      'its offers do not serve the same groups in the same way',
    ],
  ])('%s', async (_, change, sentence) => {
    const problem = jobs(SMALL);
    const { cellId } = (await planOf(problem)).cells[0]!;
    expect(await foundWith(problem, 'cells', change)).toContain(`${cellId}: ${sentence}`);
  });

  test('leaves no planned offer out that is like its own', async () => {
    const alike = plainOffer('two', 1, 3);
    const problem = jobs(SMALL);
    const both = { ...problem, offers: [one, alike] };
    const sentences = await foundWith(both, 'cells', { offerIds: [alike.offerId] });
    expect(sentences).toContain('one serves as cell-0 does and is not in it');
  });

  test('serves nobody who may not stand there', async () => {
    const problem = jobs(SMALL);
    const elsewhere = { ...problem, groups: [{ ...job, gpuTypes: ['L4'] }] };
    const sentences = checkPlan(elsewhere, await planOf(problem));
    expect(sentences).toContain('job is served by cell-0, where it may not stand');
  });
});
