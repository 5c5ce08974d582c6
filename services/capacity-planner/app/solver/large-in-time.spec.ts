import {
  defaultPolicy,
  makePlan,
  type DemandGroup,
  type OfferId,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import { plainGroup, plainOffer } from '@slipway/capacity-planner-core/testing/plain-parts';
import { inProcessSolver } from './in-process-solver.testing.js';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;

const wants = (groupId: string, ...containers: number[]) => ({
  groupId: groupId as DemandGroup['groupId'],
  periods: containers.map((expectedContainers) => ({ expectedContainers, quantiles: [] })),
});

const node = (groupId: string, containers: number) => ({
  offerId: 'eight' as OfferId,
  running: [{ groupId: groupId as DemandGroup['groupId'], containers }],
});

/** Three nodes of 8 GPUs: one is full with a large container, and on two of them 4 GPUs are idle. In the next period a large one more comes. */
const oneMoreSoon = (small: readonly [number, number]): PlanningProblem => ({
  at: 0,
  offers: [
    plainOffer('eight', 8, 24, {
      behaviour: {
        ...{ leadMs: 10 * MINUTE_MS, startSuccess: 1, preemptionsPerNodeHour: 0 },
        ...{ performance: 1, health: 1 },
      },
    }),
  ],
  quotas: [],
  commitments: [],
  groups: [plainGroup('large', 8), plainGroup('small', 1)],
  forecast: {
    madeAt: 0,
    groups: [wants('large', 1, 2), wants('small', 8, 8)],
    pooledErrors: [],
  },
  fleet: {
    seenAt: 0,
    holdings: [{ offerId: 'eight' as OfferId, nodes: 3, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
    running: [
      { groupId: 'large' as DemandGroup['groupId'], offerId: 'eight' as OfferId, containers: 1 },
      { groupId: 'small' as DemandGroup['groupId'], offerId: 'eight' as OfferId, containers: 8 },
    ],
    nodes: [node('large', 1), ...small.map((count) => node('small', count))],
  },
  policy: {
    ...defaultPolicy,
    horizon: { periodsMs: [QUARTER_MS, QUARTER_MS] },
    solve: { ...defaultPolicy.solve, allIntegerBelowGpus: 0 },
  },
});

/** Nodes that the program starts at once. */
const startsNow = async (problem: PlanningProblem): Promise<number> => {
  const { offers } = await makePlan(problem, { solver: await inProcessSolver() }, { compared: false });
  return offers[0]!.starts[0]!;
};

test('for a large container that comes soon a node is started before it, where the idle GPUs are here and there', async () => {
  expect(await startsNow(oneMoreSoon([4, 4]))).toBe(1);
});

test('where a whole node is idle none is', async () => {
  expect(await startsNow(oneMoreSoon([8, 0]))).toBe(0);
});
