import { prepare } from '../model/prepare.js';
import { makePlan } from '../portfolio/make-plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { draftByRule } from './rules-of-thumb.js';

const firm = plainOffer('firm', 1, 3);
const spot = plainOffer('spot', 1, 1, { purchase: 'spot' });
const job = plainGroup('job', 1, { waitClass: 'background' });
const problem: PlanningProblem = {
  at: 0,
  offers: [firm, spot],
  quotas: [],
  commitments: [],
  groups: [job],
  forecast: {
    madeAt: 0,
    groups: [{ groupId: job.groupId, periods: [{ expectedContainers: 2, quantiles: [] }] }],
    pooledErrors: [],
  },
  fleet: { seenAt: 0, holdings: [], running: [] },
  policy: { ...defaultPolicy, horizon: { periodsMs: [3_600_000] } },
};

const bought = (rule: Parameters<typeof draftByRule>[1]): Record<string, number> => {
  const prepared = prepare(problem, { presolve: 'off' });
  const { nodes } = draftByRule(prepared, rule);
  return Object.fromEntries(prepared.units.map(({ offer }, unit) => [offer.offerId, nodes[unit]![0]!]));
};

test('rules of thumb buy where it is cheapest, and one of them on demand alone', () => {
  expect(bought('greedy')).toEqual({ firm: 0, spot: 2 });
  expect(bought('on-demand-only')).toEqual({ firm: 2, spot: 0 });
});

test('what on demand alone would cost stands beside a plan', async () => {
  const failing = { solve: () => Promise.resolve({ status: 'failed', because: 'off', solveMs: 0 } as const) };
  const { solution } = await makePlan(problem, { solver: failing });
  const costs = new Map(solution.candidates.map(({ planner, totalMicroUsd }) => [planner, totalMicroUsd]));
  expect(costs.get('on-demand-only')).toBeGreaterThan(2 * costs.get('greedy')!);
});
