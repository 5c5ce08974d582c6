import { isRefusal, type Decision } from '@slipway/kernel';
import { checkPlan } from '../checker/check-plan.js';
import { prepare } from '../model/prepare.js';
import { makePlan } from '../portfolio/make-plan.js';
import type { PlanningProblem } from '../planning-problem.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import type { ControlEvent } from './control.events.js';
import { evolveControl, initialControl, policyOf, type Control } from './control.state.js';
import { endExclusion, exclude } from './exclusions.js';

const near = plainOffer('near', 1, 1);
const far = plainOffer('far', 1, 3, { region: 'eu-1', zone: 'eu-1a', geo: 'eu' });
const offers = [near, far];
const ofNear = { filter: { region: near.region }, by: 'ada', reason: 'it loses hosts' };

const after = (control: Control, decision: Decision<ControlEvent>): Control => {
  if (isRefusal(decision)) throw new Error(decision.message);
  return decision.reduce((state, event) => evolveControl(state, event, 1), control);
};
const excluded = after(initialControl, exclude(initialControl, ofNear, offers));

test('an exclusion keeps the first who asked, and is taken back as it was named', () => {
  expect(excluded.exclusions).toEqual([{ at: 1, ...ofNear }]);
  expect(exclude(excluded, { ...ofNear, by: 'bob' }, offers)).toEqual([]);
  expect(policyOf(excluded).excluded).toEqual([ofNear.filter]);
  expect(policyOf(after(excluded, endExclusion(excluded, { filter: ofNear.filter, by: 'bob' })))).toEqual(
    defaultPolicy,
  );
});

test.each<[Decision<ControlEvent>, RegExp]>([
  [exclude(initialControl, { ...ofNear, filter: {} }, offers), /a freeze stops all buying/],
  [exclude(initialControl, { ...ofNear, filter: { vendor: 'awz' } }, offers), /matches 'vendor=awz'/],
  [endExclusion(initialControl, { filter: ofNear.filter, by: 'a' }), /is not excluded; nothing is/],
  [
    endExclusion(excluded, { filter: { gpuType: 'L4' }, by: 'a' }),
    new RegExp(`'gpu=L4' is not excluded; what is: 'region=${near.region}'`),
  ],
])('what is wrong is refused by name: %#', (decision, message) => {
  expect(isRefusal(decision) && decision.message).toMatch(message);
});

describe('of what is excluded', () => {
  const job = plainGroup('job', 1);
  const problem = (held: number): PlanningProblem => ({
    ...{ at: 0, offers, quotas: [], commitments: [], groups: [job] },
    forecast: {
      madeAt: 0,
      groups: [{ groupId: job.groupId, periods: [{ expectedContainers: 3, quantiles: [] }] }],
      pooledErrors: [],
    },
    fleet: {
      seenAt: 0,
      holdings: [{ offerId: near.offerId, nodes: held, startingNodes: 0, drainingNodes: 0, paidUntil: [] }],
      running: [],
    },
    policy: { ...policyOf(excluded), horizon: { periodsMs: [900_000] } },
  });
  const failing = { solve: () => Promise.resolve({ status: 'failed', because: 'off', solveMs: 0 } as const) };

  test('no node is started, and those that are held serve on', async () => {
    for (const held of [0, 2]) {
      const plan = await makePlan(problem(held), { solver: failing });
      expect(Object.fromEntries(plan.offers.map(({ offerId, nodes }) => [offerId, nodes[0]]))).toEqual({
        ...(held > 0 && { near: held }),
        far: 3 - held,
      });
      expect(checkPlan(problem(held), plan)).toEqual([]);
    }
  });

  test('a plan that starts one all the same is found out', async () => {
    const { excluded: _, ...anything } = problem(0).policy;
    const plan = await makePlan({ ...problem(0), policy: anything }, { solver: failing });
    expect(checkPlan(problem(0), plan)).toContain('near: 3 nodes in period 0, where 0 can be had');
  });

  test('the program knows no more than what is held', () => {
    const { units } = prepare(problem(2), { presolve: 'off' });
    expect(units.map(({ offer, cap }) => [offer.offerId, cap])).toContainEqual(['near', 2]);
  });
});
