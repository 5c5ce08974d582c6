import { defaultPolicy, type PlanningPolicy } from '@slipway/capacity-planner-core';
import { isIdle } from './is-idle.js';

const AT = 1_000_000;
const idle = (...pins: NonNullable<PlanningPolicy['pins']>): boolean =>
  isIdle({
    ...{ at: AT, groups: [], fleet: { seenAt: AT, holdings: [], running: [] } },
    policy: { ...defaultPolicy, pins },
  });

test('a site without demand and hosts is idle, but for nodes that an operator wants there', () => {
  const filter = { vendor: 'lambda' };
  expect(idle()).toBe(true);
  expect(idle({ filter, least: 1 })).toBe(false);
  expect(idle({ filter, least: 1, until: AT + 1 })).toBe(false);
  expect(idle({ filter, least: 1, until: AT })).toBe(true);
  expect(idle({ filter, least: 0, most: 3 })).toBe(true);
});
