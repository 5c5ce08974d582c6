import { isRefusal, type Decision } from '@slipway/kernel';
import type { PlanDecisionEvent, PlanSummary } from './plan-decision.events.js';
import {
  approve,
  evolveDecisions,
  initialDecisions,
  reject,
  stateOf,
  type PlanDecisions,
} from './plan-decision.js';

const made = (planId: string, approval: 'needed' | 'not-needed'): PlanDecisionEvent => ({
  type: 'plan-made',
  data: { planId, summary: {} as PlanSummary, approval },
});
const given = (...events: readonly PlanDecisionEvent[]): PlanDecisions =>
  events.reduce((state, event) => evolveDecisions(state, event, 5), initialDecisions);
const then = (decisions: PlanDecisions, decision: Decision<PlanDecisionEvent>): PlanDecisions => {
  if (isRefusal(decision)) throw new Error(decision.message);
  return decision.reduce((state, event) => evolveDecisions(state, event, 9), decisions);
};
const code = (decision: Decision<PlanDecisionEvent>): unknown => isRefusal(decision) && decision.code;
const verdict = { planId: 'p-2', by: 'ada' };

describe('plans that wait for a person', () => {
  const waiting = given(made('p-1', 'not-needed'), made('p-2', 'needed'));

  test('the one before stays in force meanwhile', () => {
    expect([stateOf(waiting, 'p-1'), stateOf(waiting, 'p-2')]).toEqual(['in-force', 'waiting']);
  });

  test('approved, it takes over; rejected, the one before stays', () => {
    const approved = then(waiting, approve(waiting, verdict));
    expect([stateOf(approved, 'p-1'), stateOf(approved, 'p-2')]).toEqual(['superseded', 'in-force']);
    const rejected = then(waiting, reject(waiting, { ...verdict, reason: 'dear' }));
    expect([stateOf(rejected, 'p-1'), stateOf(rejected, 'p-2')]).toEqual(['in-force', 'rejected']);
  });

  test('the same verdict again is no news, the other one is refused', () => {
    const approved = then(waiting, approve(waiting, verdict));
    expect(approve(approved, verdict)).toEqual([]);
    expect(code(reject(approved, { ...verdict, reason: 'late' }))).toBe('plan-decided');
  });

  test('only the newest can be decided, and only where a decision is needed', () => {
    expect(code(approve(waiting, { planId: 'p-1', by: 'ada' }))).toBe('plan-superseded');
    expect(code(approve(given(made('p-2', 'not-needed')), verdict))).toBe('plan-in-force');
  });
});
