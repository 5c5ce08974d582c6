import type { ExitReason, Outcome, OutcomeKind, Payload, RetryPolicy, TaskId } from '@slipway/contracts';
import { later, type Decision, type Instant } from '@slipway/kernel';
import { retryDelayMs } from '../policies/retries/retry-delay.js';
import type { InputEvent, InputRequeued } from './input.events.js';
import type { Input, QueuedInput, RunningInput } from './input.state.js';

/** A lost container says nothing about the input; one that loses this many is taken for the cause. */
export const MAX_LOST_RUNS = 8;

const RETRIED: ReadonlySet<OutcomeKind> = new Set([
  'user-error',
  'timeout',
  'out-of-memory',
  'disk-full',
  'platform-error',
]);

export const startInput = (input: QueuedInput, taskId: TaskId): Decision<InputEvent> => [
  { type: 'input-started', data: { callId: input.callId, inputId: input.inputId, taskId } },
];

/** A run's end as its container tells it; `interrupted` by what was done to the container, an input may end that nobody cancelled. */
type Output = Readonly<{
  taskId: TaskId;
  retryCount: number;
  startedAt?: Instant;
  outcome: Outcome;
  interrupted?: boolean;
}>;

/** An output counts only if it comes from the container that has the input, for the run that it has: any other is late and is dropped. */
export const finishInput = (
  input: Input,
  output: Output,
  policy: RetryPolicy | undefined,
  at: Instant,
): Decision<InputEvent> => {
  if (input.status !== 'running' || input.taskId !== output.taskId) return [];
  if (input.retryCount !== output.retryCount) return [];
  if (output.interrupted === true && output.outcome.kind === 'cancelled')
    return runAgain(input, 'interrupted', at);
  return endRun(input, output.outcome, policy, at, output.startedAt);
};

/** What becomes of the input of a container that is gone. */
export const loseContainer = (
  input: RunningInput,
  reason: ExitReason,
  message: string | undefined,
  policy: RetryPolicy | undefined,
  at: Instant,
): Decision<InputEvent> => {
  const fault = FAULTS[reason];
  if (fault !== undefined)
    return endRun(input, { kind: fault, exception: message ?? `the container ended: ${reason}` }, policy, at);
  return runAgain(input, reason, at);
};

/** The run says nothing of the input, unless too many before it ended like this. */
const runAgain = (
  input: RunningInput,
  reason: ExitReason | 'interrupted',
  at: Instant,
): Decision<InputEvent> => {
  const { callId, inputId } = input;
  if (input.lostCount + 1 >= MAX_LOST_RUNS)
    return endRun(
      input,
      {
        kind: 'host-lost',
        exception: `${MAX_LOST_RUNS} runs of this input were cut short: its containers were lost or interrupted (the last one: ${reason})`,
      },
      undefined,
      at,
    );
  return [{ type: 'input-requeued', data: { callId, inputId, reason: 'container-lost', availableAt: at } }];
};

/** Ends of a container that its input answers for; any other end is the platform's own doing and the input runs again. */
const FAULTS: Partial<Record<ExitReason, OutcomeKind>> = {
  'out-of-memory': 'out-of-memory',
  'disk-full': 'disk-full',
  'user-error': 'user-error',
  finished: 'user-error',
  'init-failure': 'init-failure',
};

export const cancelInput = (input: Input, exception: string): Decision<InputEvent> =>
  input.status === 'finished'
    ? []
    : [
        {
          type: 'input-finished',
          data: {
            callId: input.callId,
            inputId: input.inputId,
            ...(input.status === 'running' ? { taskId: input.taskId, startedAt: input.startedAt } : {}),
            outcome: { kind: 'cancelled', exception },
          },
        },
      ];

/** No container can be started for it. */
export const failQueuedInput = (input: QueuedInput, outcome: Outcome): Decision<InputEvent> => [
  { type: 'input-finished', data: { callId: input.callId, inputId: input.inputId, outcome } },
];

/** The client asks for another run itself; asking twice for the same one is one retry. */
export const retryInputForClient = (
  input: Input,
  { retryCount, args }: Readonly<{ retryCount: number; args: Payload }>,
  at: Instant,
): Decision<InputRequeued> =>
  input.status === 'finished' && retryCount > input.clientRetryCount
    ? [
        {
          type: 'input-requeued',
          data: {
            callId: input.callId,
            inputId: input.inputId,
            reason: 'client-retry',
            availableAt: at,
            clientRetryCount: retryCount,
            args,
          },
        },
      ]
    : [];

const endRun = (
  input: RunningInput,
  outcome: Outcome,
  policy: RetryPolicy | undefined,
  at: Instant,
  startedAt: Instant = input.startedAt,
): Decision<InputEvent> => {
  const { callId, inputId, taskId, retryCount } = input;
  if (policy !== undefined && RETRIED.has(outcome.kind) && retryCount < policy.retries)
    return [
      {
        type: 'input-requeued',
        data: { callId, inputId, reason: 'retry', availableAt: later(at, retryDelayMs(policy, retryCount)) },
      },
    ];
  return [{ type: 'input-finished', data: { callId, inputId, taskId, startedAt, outcome } }];
};
