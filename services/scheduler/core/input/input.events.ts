import type { CallId, InputId, Outcome, Payload, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** Events of one input, written to the stream of its call. */
export type InputStarted = {
  type: 'input-started';
  data: { callId: CallId; inputId: InputId; taskId: TaskId };
};
export type InputRequeued = {
  type: 'input-requeued';
  data: {
    callId: CallId;
    inputId: InputId;
    /** `retry` counts against the retry policy, a lost container does not; a client's own retry starts over. */
    reason: 'retry' | 'container-lost' | 'client-retry';
    availableAt: Instant;
    clientRetryCount?: number;
    args?: Payload;
  };
};
export type InputFinished = {
  type: 'input-finished';
  data: { callId: CallId; inputId: InputId; taskId?: TaskId; startedAt?: Instant; outcome: Outcome };
};

export type InputEvent = InputStarted | InputRequeued | InputFinished;
