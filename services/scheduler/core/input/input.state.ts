import type { CallId, InputId, NewInput, Outcome, OutcomeKind, Payload, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { InputEvent } from './input.events.js';

type Shared = NewInput &
  Readonly<{
    callId: CallId;
    /** Runs that count against the retry policy. */
    retryCount: number;
    /** Runs that the client asked for itself; outputs are told apart by it. */
    clientRetryCount: number;
    /** Runs lost with their container. */
    lostCount: number;
  }>;

/** Which event of the call's stream has an outcome, and how many bytes that takes in a message at most. */
export type OutcomePlace = Readonly<{ version: number; bytes: number }>;
/** What is in memory of an outcome that the log alone has. */
export type OutcomeInLog = OutcomePlace & Readonly<{ kind: OutcomeKind }>;

export type QueuedInput = Shared & Readonly<{ status: 'queued'; availableAt: Instant }>;
export type RunningInput = Shared & Readonly<{ status: 'running'; taskId: TaskId; startedAt: Instant }>;
export type FinishedInput = Shared &
  Readonly<{
    status: 'finished';
    taskId?: TaskId;
    startedAt?: Instant;
    finishedAt: Instant;
    outcome: Outcome | OutcomeInLog;
  }>;

/** In the place of arguments that nobody needs any more. */
const LET_GO: Payload = { inline: '' };

/** A finished input has no lease, a queued one has no container: neither can be written down. */
export type Input = QueuedInput | RunningInput | FinishedInput;

export const queueInput = (callId: CallId, input: NewInput, at: Instant): QueuedInput => ({
  ...input,
  callId,
  retryCount: 0,
  clientRetryCount: 0,
  lostCount: 0,
  status: 'queued',
  availableAt: at,
});

export const evolveInput = (input: Input, event: InputEvent, at: Instant): Input => {
  const shared = sharedOf(input);
  switch (event.type) {
    case 'input-started':
      return { ...shared, status: 'running', taskId: event.data.taskId, startedAt: at };
    case 'input-requeued': {
      const { reason, availableAt, clientRetryCount, args } = event.data;
      return {
        ...shared,
        ...(args === undefined ? {} : { args }),
        retryCount:
          reason === 'retry' ? input.retryCount + 1 : reason === 'client-retry' ? 0 : input.retryCount,
        lostCount: input.lostCount + (reason === 'container-lost' ? 1 : 0),
        clientRetryCount: clientRetryCount ?? input.clientRetryCount,
        status: 'queued',
        availableAt,
      };
    }
    case 'input-finished': {
      const { taskId, startedAt, outcome } = event.data;
      return {
        ...shared,
        args: LET_GO,
        status: 'finished',
        ...(taskId === undefined ? {} : { taskId }),
        ...(startedAt === undefined ? {} : { startedAt }),
        finishedAt: at,
        outcome,
      };
    }
    default:
      return event satisfies never;
  }
};

const sharedOf = (input: Input): Shared => ({
  idx: input.idx,
  inputId: input.inputId as InputId,
  args: input.args,
  dataFormat: input.dataFormat,
  ...(input.methodName === undefined ? {} : { methodName: input.methodName }),
  ...(input.finalInput === undefined ? {} : { finalInput: input.finalInput }),
  callId: input.callId,
  retryCount: input.retryCount,
  clientRetryCount: input.clientRetryCount,
  lostCount: input.lostCount,
});
