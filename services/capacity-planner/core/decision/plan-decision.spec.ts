import { isRefusal, type Decision } from '@slipway/kernel';
import type { PlanDecisionEvent, PlanSummary } from './plan-decision.events.js';
import {
  approve,
  evolveDecisions,
  initialDecisions,
  reject,
  stateOf,
  withoutVerdict,
  type PlanDecisions,
} from './plan-decision.js';

const MINUTE_MS = 60_000;
const START = 1_000 * MINUTE_MS;

type At = readonly [minute: number, event: PlanDecisionEvent];

/** A plan that adds so many dollars per hour to the ten that are spent. */
const made = (minute: number, planId: string, approval: 'needed' | 'not-needed', adds = 100): At => [
  minute,
  {
    type: 'plan-made',
    data: {
      ...{ planId, approval },
      summary: {
        madeAt: START + minute * MINUTE_MS,
        paidMicroUsdPerHourBefore: 10,
        paidMicroUsdPerHourAfter: 10 + adds,
      } as PlanSummary,
    },
  },
];
const after = (state: PlanDecisions, ...events: readonly At[]): PlanDecisions =>
  events.reduce((known, [minute, event]) => evolveDecisions(known, event, START + minute * MINUTE_MS), state);
const given = (...events: readonly At[]): PlanDecisions => after(initialDecisions, ...events);
const then = (state: PlanDecisions, minute: number, decision: Decision<PlanDecisionEvent>): PlanDecisions => {
  if (isRefusal(decision)) throw new Error(decision.message);
  return after(state, ...decision.map((event): At => [minute, event]));
};
const statesOf = (state: PlanDecisions, ...planIds: readonly string[]): unknown =>
  planIds.map((planId) => stateOf(state, planId));
const code = (decision: Decision<PlanDecisionEvent>): unknown => isRefusal(decision) && decision.code;
const verdict = { planId: 'p-2', by: 'ada' };
const no = { ...verdict, reason: 'dear' };

describe('plans that wait for a person', () => {
  const waiting = given(made(0, 'p-1', 'not-needed'), made(2, 'p-2', 'needed'));

  test('the one before stays in force meanwhile', () => {
    expect(statesOf(waiting, 'p-1', 'p-2')).toEqual(['in-force', 'waiting']);
  });

  test('approved, it takes over; rejected, the one before stays', () => {
    const approved = then(waiting, 5, approve(waiting, verdict));
    expect(statesOf(approved, 'p-1', 'p-2')).toEqual(['superseded', 'in-force']);
    const rejected = then(waiting, 5, reject(waiting, no));
    expect(statesOf(rejected, 'p-1', 'p-2')).toEqual(['in-force', 'rejected']);
  });

  test('the same verdict again is no news, the other one is refused', () => {
    const approved = then(waiting, 5, approve(waiting, verdict));
    expect(approve(approved, verdict)).toEqual([]);
    expect(code(reject(approved, no))).toBe('plan-decided');
  });

  test('the wait is counted from the first of them, and each may be approved as it was read', () => {
    const more = after(waiting, made(4, 'p-3', 'needed'), made(6, 'p-4', 'needed'));
    expect(more.waiting?.since).toBe(START + 2 * MINUTE_MS);
    expect(statesOf(more, 'p-1', 'p-2', 'p-3', 'p-4')).toEqual(['in-force', 'waiting', 'waiting', 'waiting']);
    const approved = then(more, 7, approve(more, verdict));
    expect(statesOf(approved, 'p-2', 'p-3', 'p-4')).toEqual(['in-force', 'superseded', 'superseded']);
    expect(approved.waiting).toBeUndefined();
  });

  test('one with inputs of a quarter of an hour ago waits no longer, and who approves it is told which does', () => {
    const later = after(waiting, made(18, 'p-9', 'needed'));
    expect(later.waiting?.since).toBe(START + 2 * MINUTE_MS);
    expect(statesOf(later, 'p-2', 'p-9')).toEqual(['superseded', 'waiting']);
    const refused = approve(later, verdict);
    expect([code(refused), isRefusal(refused) && refused.message]).toEqual([
      'plan-superseded',
      'Plan p-2 waits for nobody: p-9 waits now.',
    ]);
  });

  test('none waits once a newer one that needs nobody is in force', () => {
    const without = after(waiting, made(4, 'p-3', 'not-needed', 1));
    expect(statesOf(without, 'p-2', 'p-3')).toEqual(['superseded', 'in-force']);
    expect(without.waiting).toBeUndefined();
  });

  test('what needed nobody is not decided about', () => {
    expect(code(approve(waiting, { planId: 'p-1', by: 'ada' }))).toBe('plan-in-force');
  });
});

describe('a rejection', () => {
  const rejected = then(
    given(made(0, 'p-2', 'needed', 100)),
    1,
    reject(given(made(0, 'p-2', 'needed', 100)), no),
  );

  test('holds for an hour for plans that add hardly less', () => {
    const like = after(rejected, made(3, 'p-3', 'needed', 90));
    expect([stateOf(like, 'p-3'), like.waiting]).toEqual(['rejected', undefined]);
    const later = after(like, made(62, 'p-4', 'needed', 90));
    expect([stateOf(later, 'p-4'), later.waiting?.since]).toEqual(['waiting', START + 62 * MINUTE_MS]);
  });

  test('says nothing of a plan that adds much less', () => {
    expect(stateOf(after(rejected, made(3, 'p-3', 'needed', 50)), 'p-3')).toBe('waiting');
  });

  test('is over when guardrails are set', () => {
    expect(stateOf(after(withoutVerdict(rejected), made(3, 'p-3', 'needed', 100)), 'p-3')).toBe('waiting');
  });

  test('is taken back by approving the newest plan', () => {
    const like = after(rejected, made(3, 'p-3', 'needed', 90));
    const approved = then(like, 4, approve(like, { planId: 'p-3', by: 'bob' }));
    expect(stateOf(approved, 'p-3')).toBe('in-force');
  });
});
