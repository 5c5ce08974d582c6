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
/** Every period in whole nodes, or the first one alone. */
export const SMALL = { ...defaultPolicy.solve, allIntegerBelowGpus: 200 };
export const LARGE = { ...defaultPolicy.solve, allIntegerBelowGpus: 0 };

/** The plan with something else in one entry of a list. */
export const withEntry = <List extends 'service' | 'buffers' | 'cells'>(
  plan: Plan,
  list: List,
  at: number,
  change: Partial<Plan[List][number]>,
): Plan => ({
  ...plan,
  [list]: plan[list].map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
});

export const job = plainGroup('job', 1, { waitClass: 'background' });
export const one = plainOffer('one', 1, 2);

type Jobs = Readonly<{ wanted: readonly number[]; nodes: number; startingNodes: number }>;

/** Two jobs now and three in the next period, if nothing else is said, and no node yet; to wait for one is cheaper than an idle one. */
export const jobs = (
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

export const planOf = async (problem: PlanningProblem): Promise<Plan> =>
  makePlan(problem, { solver: await inProcessSolver() });

/** What is found when one entry of the plan of the jobs is changed. */
export const foundWith = async <List extends 'service' | 'buffers' | 'cells'>(
  problem: PlanningProblem,
  list: List,
  change: Partial<Plan[List][number]>,
): Promise<readonly string[]> => checkPlan(problem, withEntry(await planOf(problem), list, 0, change));
