import { checkPlan } from '../checker/check-plan.js';
import { prepare } from '../model/prepare.js';
import { makePlan } from '../portfolio/make-plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { randomProblem } from '../testing/random-problem.js';
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

const bought = (
  rule: Parameters<typeof draftByRule>[1],
  asked: PlanningProblem = problem,
): Record<string, number> => {
  const prepared = prepare(asked, { presolve: 'off' });
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

const pinned = (pins: PlanningProblem['policy']['pins'], held = 0): PlanningProblem => ({
  ...problem,
  fleet: {
    ...problem.fleet,
    holdings: [{ offerId: firm.offerId, nodes: held, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
  },
  policy: { ...problem.policy, pins: pins ?? [] },
});

test('at least as many are bought as an operator wants, also where nobody needs them, and at most as many', () => {
  expect(bought('greedy', pinned([{ filter: { offerId: 'firm' }, least: 3 }]))).toEqual({ firm: 3, spot: 0 });
  expect(bought('greedy', pinned([{ filter: { offerId: 'spot' }, most: 1 }]))).toEqual({ firm: 1, spot: 1 });
  expect(bought('greedy', pinned([{ filter: { offerId: 'firm' }, most: 0 }], 2))).toEqual({
    firm: 0,
    spot: 2,
  });
  expect(bought('greedy', pinned([{ filter: {}, most: 1 }]))).toEqual({ firm: 0, spot: 1 });
});

test('a pin that is over binds nobody, and a fleet that is to stay as it is stays', () => {
  expect(bought('greedy', pinned([{ filter: { offerId: 'spot' }, most: 0, until: 0 }]))).toEqual({
    ...{ firm: 0, spot: 2 },
  });
  expect(bought('keep', pinned([{ filter: { offerId: 'firm' }, most: 0 }], 2))).toEqual({ firm: 2, spot: 0 });
});

test('nodes that a commitment pays for come first, as many as it pays for', () => {
  const term = { commitmentId: 'c', priceMicroUsdPerHour: 1, startsAt: 0, endsAt: 86_400_000 };
  const nodes = { ...term, kind: 'nodes', offerIds: [firm.offerId], nodes: 1 } as const;
  expect(bought('greedy', { ...problem, commitments: [nodes] })).toEqual({ firm: 1, spot: 1 });
  const bill = { ...term, kind: 'spend', vendor: 'vendor', coveredMicroUsdPerHour: 6_000_000 } as const;
  expect(bought('greedy', { ...problem, commitments: [bill] })).toEqual({ firm: 2, spot: 0 });
});

test('a node that a commitment pays for is bought though the cap on spend is reached', () => {
  const guardrails = { ...problem.policy.guardrails, maxSpendMicroUsdPerHour: 1_000_000 };
  const capped = { ...problem, policy: { ...problem.policy, guardrails } };
  const term = { commitmentId: 'c', priceMicroUsdPerHour: 1, startsAt: 0, endsAt: 86_400_000 };
  const nodes = { ...term, kind: 'nodes', offerIds: [firm.offerId], nodes: 1 } as const;
  expect(bought('greedy', capped)).toEqual({ firm: 0, spot: 1 });
  expect(bought('greedy', { ...capped, commitments: [nodes] })).toEqual({ firm: 1, spot: 1 });
});

test('without a solver no hard rule is broken, whatever was committed to and pinned', async () => {
  const failing = { solve: () => Promise.resolve({ status: 'failed', because: 'off', solveMs: 0 } as const) };
  for (let seed = 1; seed <= 60; seed++) {
    const size = {
      vendors: 2,
      offers: 8,
      groups: 4,
      gpus: 24,
      periodsMs: [900_000, 3_600_000],
      commitments: 'many',
    } as const;
    const guardrails = { ...defaultPolicy.guardrails, maxSpendMicroUsdPerHour: (seed % 9) * 10_000_000 };
    const random = randomProblem(seed, size, { guardrails });
    const [first, second] = random.offers;
    const pins = [
      { filter: { offerId: first!.offerId }, least: seed % 3, most: 2 + (seed % 4) },
      { filter: { vendor: second!.vendor }, most: seed % 9 },
    ];
    const asked = { ...random, policy: { ...random.policy, pins } };
    expect(checkPlan(asked, await makePlan(asked, { solver: failing }))).toEqual([]);
  }
});
