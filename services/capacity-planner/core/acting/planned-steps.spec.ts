import { offerOf, runningHost } from './acting.samples.testing.js';
import type { Change, HeldChange } from './change.js';
import { awaitingApproval, plannedSteps } from './planned-steps.js';

const a = offerOf('a');
const start: Change = { action: 'start', offer: a, because: 'two are missing', microUsdPerHour: 5 };
const drain: Change = {
  ...{ because: 'nobody needs it', microUsdPerHour: -3 },
  action: 'drain',
  host: runningHost('h1', offerOf('b')),
};
const capped: HeldChange = { change: start, heldBy: 'spend-per-hour', because: 'the cap' };
const said = (...weighed: Parameters<typeof plannedSteps>) =>
  plannedSteps(...weighed).map(({ action, hostId, nodes, containers, microUsdPerHour, held }) =>
    [action, hostId ?? 'new', nodes, containers, microUsdPerHour, held?.by].join(' '),
  );

test('equal starts are one step, hosts that go are named with what is on them, and what is held says by what', () => {
  const weighed = { now: [start, { ...start }, drain], held: [capped] };
  expect(said(weighed, ({ hostId }) => (hostId === 'h1' ? 4 : 0))).toEqual([
    'start new 2 0 10 ',
    'drain h1 1 4 -3 ',
    'start new 1 0 5 spend-per-hour',
  ]);
});

test('of a plan that waits nothing is done, and what would be held anyway says so still', () => {
  const waiting = awaitingApproval({ now: [start, drain], held: [capped] }, 'pl-1');
  expect(said(waiting, () => 0)).toEqual([
    'start new 1 0 5 approval',
    'drain h1 1 0 -3 approval',
    'start new 1 0 5 spend-per-hour',
  ]);
  expect(waiting.held[0]!.because).toBe('plan approve pl-1 puts it in force');
});
