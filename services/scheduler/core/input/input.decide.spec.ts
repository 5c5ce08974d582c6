import type { ExitReason, OutcomeKind } from '@slipway/contracts';
import { queuedInput, runningInput } from '../testing/samples.testing.js';
import {
  cancelInput,
  finishInput,
  loseContainer,
  MAX_LOST_RUNS,
  retryInputForClient,
  startInput,
} from './input.decide.js';
import { evolveInput, type Input } from './input.state.js';

const policy = { retries: 2, initialDelayMs: 100, backoffCoefficient: 2, maxDelayMs: 150 };
const args = { inline: 'gAIpfYYu' };
const output = (kind: OutcomeKind, changes = {}) => ({
  taskId: 'ta-1',
  retryCount: 0,
  outcome: { kind },
  ...changes,
});
const finished: Input = evolveInput(
  runningInput(),
  { type: 'input-finished', data: { callId: 'fc-1', inputId: 'in-1', outcome: { kind: 'user-error' } } },
  3_000,
);

describe('an input', () => {
  test('given it waits, when a container takes it, then it runs there', () => {
    expect(startInput(queuedInput(), 'ta-1')).toEqual([
      { type: 'input-started', data: { callId: 'fc-1', inputId: 'in-1', taskId: 'ta-1' } },
    ]);
  });

  test('given it runs, when its container answers, then it has ended', () => {
    expect(finishInput(runningInput(), output('success'), policy, 3_000)).toMatchObject([
      { type: 'input-finished', data: { taskId: 'ta-1', startedAt: 2_000, outcome: { kind: 'success' } } },
    ]);
  });

  test('the output of another container, of an earlier run, or of an ended input is dropped', () => {
    expect(finishInput(runningInput(), output('success', { taskId: 'ta-2' }), policy, 3_000)).toEqual([]);
    expect(finishInput(runningInput({ retryCount: 1 }), output('success'), policy, 3_000)).toEqual([]);
    expect(finishInput(finished, output('success'), policy, 3_000)).toEqual([]);
    expect(finishInput(queuedInput(), output('success'), policy, 3_000)).toEqual([]);
  });

  test('a failure is retried after its delay, and not more often than the policy says', () => {
    expect(finishInput(runningInput(), output('user-error'), policy, 3_000)).toMatchObject([
      { type: 'input-requeued', data: { reason: 'retry', availableAt: 3_100 } },
    ]);
    const last = runningInput({ retryCount: 2 });
    expect(finishInput(last, output('user-error', { retryCount: 2 }), policy, 3_000)).toMatchObject([
      { type: 'input-finished' },
    ]);
  });

  test.each(['success', 'cancelled', 'init-failure'] as const)('%s is never retried', (kind) => {
    expect(finishInput(runningInput(), output(kind), policy, 3_000)).toMatchObject([
      { type: 'input-finished' },
    ]);
  });

  test('an input that was interrupted with its container, and that nobody cancelled, runs again, but not for ever', () => {
    const interrupted = output('cancelled', { interrupted: true });
    expect(finishInput(runningInput(), interrupted, policy, 3_000)).toMatchObject([
      { type: 'input-requeued', data: { reason: 'container-lost', availableAt: 3_000 } },
    ]);
    const unlucky = runningInput({ lostCount: MAX_LOST_RUNS - 1 });
    const exception =
      '8 runs of this input were cut short: its containers were lost or interrupted (the last one: interrupted)';
    expect(finishInput(unlucky, interrupted, policy, 3_000)).toMatchObject([
      { type: 'input-finished', data: { outcome: { kind: 'host-lost', exception } } },
    ]);
    const done = output('success', { interrupted: true });
    expect(finishInput(runningInput(), done, policy, 3_000)).toMatchObject([{ type: 'input-finished' }]);
  });

  test.each([
    ['out-of-memory', 'out-of-memory'],
    ['user-error', 'user-error'],
    ['finished', 'user-error'],
    ['disk-full', 'disk-full'],
  ] as const)('a container that ended with %s is the fault of its input: %s', (reason, kind) => {
    expect(loseContainer(runningInput(), reason, undefined, undefined, 3_000)).toMatchObject([
      { type: 'input-finished', data: { outcome: { kind } } },
    ]);
  });

  test.each(['host-lost', 'stopped', 'idle', 'platform-error', 'cancelled'] as readonly ExitReason[])(
    'a container that ended with %s says nothing of its input, which runs again at once',
    (reason) => {
      expect(loseContainer(runningInput(), reason, undefined, undefined, 3_000)).toMatchObject([
        { type: 'input-requeued', data: { reason: 'container-lost', availableAt: 3_000 } },
      ]);
    },
  );

  test('an input that loses container after container is taken for the cause', () => {
    const unlucky = runningInput({ lostCount: MAX_LOST_RUNS - 1 });
    expect(loseContainer(unlucky, 'host-lost', undefined, policy, 3_000)).toMatchObject([
      { type: 'input-finished', data: { outcome: { kind: 'host-lost' } } },
    ]);
  });

  test('a lost container does not use up a retry', () => {
    const [event] = loseContainer(
      runningInput({ retryCount: 1 }),
      'host-lost',
      undefined,
      policy,
      3_000,
    ) as never[];
    expect(evolveInput(runningInput({ retryCount: 1 }), event!, 3_000)).toMatchObject({
      status: 'queued',
      retryCount: 1,
      lostCount: 1,
    });
  });

  test('what has ended is not cancelled', () => {
    expect(cancelInput(finished, 'too late')).toEqual([]);
    expect(cancelInput(queuedInput(), 'now')).toMatchObject([{ data: { outcome: { kind: 'cancelled' } } }]);
  });

  test('the arguments of an input that has ended are let go', () => {
    const ended = { callId: 'fc-1', inputId: 'in-1', outcome: { kind: 'success' } } as const;
    const input = evolveInput(runningInput({ args }), { type: 'input-finished', data: ended }, 3_000);
    expect(input.args).toEqual({ inline: '' });
  });

  test('a client that asks twice for the same retry gets one run more', () => {
    const [event] = retryInputForClient(finished, { retryCount: 1, args }, 4_000) as never[];
    const again = evolveInput(finished, event!, 4_000);
    expect(again).toMatchObject({ status: 'queued', args, clientRetryCount: 1, availableAt: 4_000 });
    expect(retryInputForClient(again, { retryCount: 1, args }, 4_000)).toEqual([]);
    expect(retryInputForClient({ ...finished, clientRetryCount: 1 }, { retryCount: 1, args }, 4_000)).toEqual(
      [],
    );
  });
});
