import type { CapacityChange } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import { defaultPolicy } from '../policy.js';
import { approvalOf } from './approval-of.js';
import { approveWithout } from './approve-without.js';
import type { PlanDecisionEvent, PlanSummary } from './plan-decision.events.js';
import { evolveDecisions, initialDecisions, stateOf } from './plan-decision.js';

const AT = 1_000_000;
const HOUR_MS = 3_600_000;
const summary = { madeAt: AT, paidMicroUsdPerHourBefore: 10, paidMicroUsdPerHourAfter: 100 } as PlanSummary;
const waiting = evolveDecisions(
  initialDecisions,
  { type: 'plan-made', data: { planId: 'p-1', summary, approval: 'needed' } },
  AT,
);
const change = (offerId: string, before: number, after: number, microUsdPerHour: number): CapacityChange => ({
  ...{ offerId, nodesBefore: before, nodesAfter: after, microUsdPerHour, because: 'spec' },
  action: after > before ? 'start' : 'stop',
});
const changes = [
  ...[change('dear', 1, 3, 60), change('cheap', 0, 4, 40), change('old', 2, 0, -10)],
  change('fewer', 4, 2, -20),
];
const heldThen = new Map([
  ['dear', 1],
  ['old', 2],
]);
const decideNow = (heldNow: ReadonlyMap<string, number>, ...without: readonly string[]) =>
  approveWithout(waiting, {
    ...{ planId: 'p-1', by: 'ada', at: AT, changes, without, heldNow },
    paidMicroUsdPerHourAfter: summary.paidMicroUsdPerHourAfter,
  });
const decide = (...without: readonly string[]) => decideNow(heldThen, ...without);

test('a plan is approved but for some changes, whose offers stay as they are for an hour', () => {
  const pinned = { until: AT + HOUR_MS, by: 'ada', reason: 'left out of p-1', planId: 'p-1' };
  expect(decide('dear', 'old')).toEqual([
    {
      type: 'plan-approved',
      data: { planId: 'p-1', by: 'ada', without: ['dear', 'old'], paidMicroUsdPerHour: 50 },
    },
    { type: 'offers-pinned', data: { filter: { offerId: 'dear' }, most: 1, ...pinned } },
    { type: 'offers-pinned', data: { filter: { offerId: 'old' }, least: 2, ...pinned } },
  ]);
});

test('what has joined since the plan was made stays too, and what has ended is not started again', () => {
  const pinsOf = (held: Readonly<Record<string, number>>): unknown => {
    const decision = decideNow(new Map(Object.entries(held)), ...Object.keys(held));
    if (isRefusal(decision)) throw new Error(decision.message);
    return decision.flatMap(({ type, data }) =>
      type === 'offers-pinned' ? [[data.filter.offerId, data.least, data.most]] : [],
    );
  };
  expect(pinsOf({ dear: 2, old: 1 })).toEqual([
    ['dear', undefined, 2],
    ['old', 1, undefined],
  ]);
  expect(pinsOf({ dear: 0, old: 0 })).toEqual([['dear', undefined, 0]]);
  // Meanwhile it may be on the other side of what the plan wants.
  expect(pinsOf({ dear: 4, fewer: 0 })).toEqual([
    ['dear', 4, undefined],
    ['fewer', undefined, 0],
  ]);
  expect(pinsOf({ dear: 3, fewer: 1 })).toEqual([
    ['dear', 3, undefined],
    ['fewer', undefined, 1],
  ]);
});

test('what was left out is not agreed to: a plan that spends it after all is asked about', () => {
  const decision = decide('dear');
  if (isRefusal(decision)) throw new Error(decision.message);
  const [approved] = decision;
  const after = evolveDecisions(waiting, approved as never, AT);
  expect(stateOf(after, 'p-1')).toBe('in-force');
  const guardrails = { ...defaultPolicy.guardrails, approvalAboveMicroUsdPerHour: 5 };
  const spends = (paidMicroUsdPerHourAfter: number) =>
    approvalOf(
      { paidMicroUsdPerHourBefore: 10, paidMicroUsdPerHourAfter },
      guardrails,
      after.verdict,
      AT + 1,
    );
  expect([spends(40), spends(41)]).toEqual(['not-needed', 'needed']);
});

test('a whole plan is approved as before, and a change that is none is told with those that there are', () => {
  expect(decide()).toEqual([{ type: 'plan-approved', data: { planId: 'p-1', by: 'ada' } }]);
  const refused = decide('other');
  expect(isRefusal(refused) && refused.message).toBe(
    "Plan p-1 changes nothing of 'other'; its changes are: start 'dear', start 'cheap', stop 'old', stop 'fewer'.",
  );
});

test('what waits for nobody is not approved without anything either', () => {
  const decision = approveWithout(initialDecisions, {
    ...{ planId: 'p-9', by: 'ada', at: AT, changes, without: ['dear'], heldNow: heldThen },
    paidMicroUsdPerHourAfter: 1,
  });
  expect(isRefusal(decision) && decision.code).toBe('plan-superseded');
});

test('no more is agreed to than was shown, though a host that was to go is kept', () => {
  expect(decide('old')).toMatchObject([{ data: { paidMicroUsdPerHour: 100 } }, {}]);
});

test('the same verdict again is no news, another selection of changes is refused', () => {
  const [approved] = decide('dear') as readonly PlanDecisionEvent[];
  const after = evolveDecisions(waiting, approved!, AT);
  const again = (...without: readonly string[]) =>
    approveWithout(after, {
      ...{ planId: 'p-1', by: 'bob', at: AT + 1, changes, without, heldNow: heldThen },
      paidMicroUsdPerHourAfter: 100,
    });
  expect(again('dear')).toEqual([]);
  for (const without of [[], ['cheap'], ['dear', 'cheap']]) {
    const refused = again(...without);
    expect(isRefusal(refused) && refused.message).toContain('approved without dear by ada already');
  }
});
