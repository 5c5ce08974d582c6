import type { Instant } from '@slipway/kernel';
import type { AppId, CallId, FunctionId, InputId, TaskId, WorkspaceId } from './ids.js';
import type { RetryPolicy } from './function-spec.js';
import type { DataFormat, Outcome } from './outcome.js';
import type { Payload } from './payload.js';

export type NewInput = Readonly<{
  idx: number;
  inputId: InputId;
  args: Payload;
  dataFormat: DataFormat;
  /** The method of a class; empty for a plain function. */
  methodName?: string;
  finalInput?: boolean;
}>;

export type Invocation = 'sync' | 'async';

export type CreateCall = Readonly<{
  callId: CallId;
  functionId: FunctionId;
  workspaceId: WorkspaceId;
  shape: 'unary' | 'map';
  invocation: Invocation;
  parentInputId?: InputId;
  inputs: readonly NewInput[];
}>;

export type CallCreated = Readonly<{
  callId: CallId;
  retryPolicy?: RetryPolicy;
  maxInputsOutstanding: number;
}>;

export type PutInputs = Readonly<{ callId: CallId; workspaceId: WorkspaceId; inputs: readonly NewInput[] }>;

export type FinishInputs = Readonly<{ callId: CallId; workspaceId: WorkspaceId; numInputs: number }>;

/** Puts inputs that ended without success back into the queue, when the client does the retrying: it brings their arguments again. */
export type RetryInputs = Readonly<{
  callId: CallId;
  workspaceId: WorkspaceId;
  inputs: readonly Readonly<{ inputId: InputId; retryCount: number; args: Payload }>[];
}>;

/** A long poll: answers as soon as there is an output after `afterEntry`, or empty when `waitMs` is over. */
export type AwaitOutputs = Readonly<{
  callId: CallId;
  workspaceId: WorkspaceId;
  /** How many outputs of this call the asker has seen; they are numbered from 1 in the order in which they came. */
  afterEntry: number;
  startIdx?: number;
  endIdx?: number;
  maxOutputs: number;
  waitMs: number;
}>;

export type OutputItem = Readonly<{
  entry: number;
  idx: number;
  inputId: InputId;
  retryCount: number;
  taskId?: TaskId;
  startedAt?: Instant;
  finishedAt: Instant;
  outcome: Outcome;
}>;

export type OutputsReady = Readonly<{
  outputs: readonly OutputItem[];
  lastEntry: number;
  unfinishedInputs: number;
}>;

export type CancelCall = Readonly<{
  callId: CallId;
  workspaceId: WorkspaceId;
  terminateContainers: boolean;
}>;

export type CallView = Readonly<{
  callId: CallId;
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  shape: 'unary' | 'map';
  invocation: Invocation;
  createdAt: Instant;
  parentInputId?: InputId;
  numInputs: number;
  unfinishedInputs: number;
  succeededInputs: number;
  failedInputs: number;
}>;

export type GraphInput = Readonly<{
  inputId: InputId;
  idx: number;
  callId: CallId;
  taskId?: TaskId;
  status: 'pending' | 'success' | 'failure' | 'timeout' | 'cancelled' | 'init-failure';
}>;

export type CallGraph = Readonly<{
  inputs: readonly GraphInput[];
  calls: readonly Readonly<{
    callId: CallId;
    parentInputId?: InputId;
    functionName: string;
    moduleName?: string;
  }>[];
  truncated: boolean;
}>;
