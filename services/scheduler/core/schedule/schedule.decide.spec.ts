import { WORKSPACE } from '../testing/samples.testing.js';
import { endSchedule, fireSchedule, startSchedule } from './schedule.decide.js';
import type { ScheduleEvent } from './schedule.events.js';
import { evolveSchedule, type FunctionSchedule } from './schedule.state.js';

const wanted = {
  functionId: 'fu-1',
  appId: 'ap-1',
  workspaceId: WORKSPACE,
  schedule: { kind: 'period', months: 0, periodMs: 1_000 },
} as const;

const after = (at: number, decision: unknown, before?: FunctionSchedule): FunctionSchedule =>
  (decision as ScheduleEvent[]).reduce<FunctionSchedule | undefined>(
    (state, event) => evolveSchedule(state, event, at),
    before,
  )!;
const started = after(10_000, startSchedule(undefined, wanted, 10_000));
const callIdOf = (dueAt: number) => `fc-${dueAt}`;

test('a period begins when it is deployed', () => {
  expect(started).toMatchObject({ status: 'active', startedAt: 10_000, nextDueAt: 11_000 });
});

test('a deployment that leaves the schedule as it is does not begin it anew', () => {
  expect(startSchedule(started, wanted, 10_700)).toEqual([]);
});

test('a changed schedule begins anew and keeps what is remembered of its runs', () => {
  const ran = after(11_100, fireSchedule(started, callIdOf, 11_100), started);
  const schedule = { ...wanted.schedule, periodMs: 5_000 };
  const changed = after(11_500, startSchedule(ran, { ...wanted, schedule }, 11_500), ran);
  expect(changed).toMatchObject({ nextDueAt: 16_500, runs: [{ dueAt: 11_000, callId: 'fc-11000' }] });
});

test('a tick fires once, however often it is looked at', () => {
  const fired = after(11_100, fireSchedule(started, callIdOf, 11_100), started);
  expect(fired.runs).toHaveLength(1);
  expect(fireSchedule(fired, callIdOf, 11_100)).toEqual([]);
  expect(fireSchedule(fired, callIdOf, 10_000)).toEqual([]);
});

test('missed ticks are told before the one that fires', () => {
  expect(fireSchedule(started, callIdOf, 13_100)).toMatchObject([
    { type: 'schedule-missed', data: { firstDueAt: 11_000, lastDueAt: 12_000, ticks: 2, nextDueAt: 13_000 } },
    { type: 'schedule-fired', data: { dueAt: 13_000, callId: 'fc-13000', nextDueAt: 14_000 } },
  ]);
});

test('of a very long absence it is remembered that more ticks were missed than are counted', () => {
  const at = 3 * 3_600_000;
  const [gap] = after(at, fireSchedule(started, callIdOf, at), started).missed;
  expect(gap).toMatchObject({ firstDueAt: 11_000, atLeast: true, noticedAt: at });
  expect(gap).not.toHaveProperty('nextDueAt');
});

test('an ended schedule fires no more, ends once, and may begin again', () => {
  const ended = after(10_500, endSchedule(started, 'removed'), started);
  expect(fireSchedule(ended, callIdOf, 20_000)).toEqual([]);
  expect(endSchedule(ended, 'removed')).toEqual([]);
  expect(after(30_000, startSchedule(ended, wanted, 30_000), ended)).toMatchObject({ nextDueAt: 31_000 });
});
