import { defaultPolicy, type PlanningPolicy, type PlanningProblem } from '@slipway/capacity-planner-core';
import { isIdle } from './is-idle.js';

const AT = 1_000_000;
const site = {
  ...{ at: AT, groups: [], fleet: { seenAt: AT, holdings: [], running: [] } },
  policy: defaultPolicy,
} satisfies Partial<PlanningProblem>;
const idle = (...pins: NonNullable<PlanningPolicy['pins']>): boolean =>
  isIdle({ ...site, policy: { ...defaultPolicy, pins } });

test('a site without demand and hosts is idle, but for nodes that an operator wants there', () => {
  const filter = { vendor: 'lambda' };
  expect(idle()).toBe(true);
  expect(idle({ filter, least: 1 })).toBe(false);
  expect(idle({ filter, least: 1, until: AT + 1 })).toBe(false);
  expect(idle({ filter, least: 1, until: AT })).toBe(true);
  expect(idle({ filter, least: 0, most: 3 })).toBe(true);
});

test('it is not idle while the plan in force asks for nodes that nobody wants any more', () => {
  const before = (...nodes: readonly number[]): boolean =>
    isIdle({ ...site, before: [{ offerId: 'a', nodes }] });
  expect([before(1, 1), before(0, 1), before(0, 0), before()]).toEqual([false, true, true, true]);
});
