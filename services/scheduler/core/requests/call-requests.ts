import type { AnswerOf, AskOf, CallView, NewInput } from '@slipway/contracts';
import { accepted, isRefusal, type Instant } from '@slipway/kernel';
import {
  cancelCall,
  createCall,
  mayRun,
  putInputs,
  roomFor,
  sealCall,
  type Backlog,
} from '../call/call.decide.js';
import type { Call } from '../call/call.state.js';
import type { Engine } from '../engine.js';
import { cancelInput } from '../input/input.decide.js';
import { settle } from '../reactions/settle.js';
import { requestTaskStop } from '../task/task.decide.js';
import { callGraph } from './call-graph.js';
import { callOf, owned } from './find.js';
import { listRetries } from './list-retries.js';

/** How many inputs of one call the client keeps unfinished at once. */
const MAX_INPUTS_OUTSTANDING = 1_000;

export const callRequests = (engine: Engine) => {
  const { state, ports } = engine;
  const finish = async (at: Instant): Promise<void> => {
    settle(engine, at);
    await engine.committed();
  };

  return {
    async 'create-call'(ask: AskOf<'scheduler.create-call'>): Promise<AnswerOf<'scheduler.create-call'>> {
      const at = ports.now();
      const fn = owned(state.resolve(ask.functionId), ask.workspaceId, 'function', ask.functionId);
      const app = owned(state.apps.get(fn.appId), ask.workspaceId, 'app', fn.appId);
      engine.record(
        createCall(
          state.calls.get(ask.callId),
          app,
          withOwnParent(engine, ask),
          fn.place === 'removed',
          backlogOf(engine, ask),
        ),
        at,
      );
      await finish(at);
      const { retryPolicy } = fn.spec;
      return {
        callId: ask.callId,
        ...(retryPolicy === undefined ? {} : { retryPolicy }),
        maxInputsOutstanding: MAX_INPUTS_OUTSTANDING,
      };
    },

    async 'put-inputs'(ask: AskOf<'scheduler.put-inputs'>) {
      const call = callOf(engine, ask);
      const at = ports.now();
      const app = owned(state.apps.get(call.appId), ask.workspaceId, 'app', call.appId);
      const isKnown = (input: NewInput): boolean => state.inputs.has(input.inputId);
      engine.record(putInputs(call, app, ask.inputs, isKnown, backlogOf(engine, call)), at);
      await finish(at);
      return {};
    },

    async 'finish-inputs'(ask: AskOf<'scheduler.finish-inputs'>) {
      engine.record(sealCall(callOf(engine, ask), ask), ports.now());
      await engine.committed();
      return {};
    },

    async 'retry-inputs'(ask: AskOf<'scheduler.retry-inputs'>) {
      const call = callOf(engine, ask);
      const at = ports.now();
      const app = owned(state.apps.get(call.appId), ask.workspaceId, 'app', call.appId);
      accepted(mayRun(call, app));
      const retries = listRetries(engine, ask, at);
      const brought = retries.map(({ data }) => data);
      accepted(roomFor(brought, backlogOf(engine, call)));
      engine.record(retries, at);
      await finish(at);
      return {};
    },

    async 'get-call'(ask: AskOf<'scheduler.get-call'>): Promise<CallView> {
      const view = callView(engine, callOf(engine, ask));
      await engine.committed();
      return view;
    },

    async 'cancel-call'(ask: AskOf<'scheduler.cancel-call'>) {
      const call = callOf(engine, ask);
      const at = ports.now();
      cancelWithChildren(engine, call, ask.terminateContainers, at);
      await finish(at);
      return {};
    },

    async 'call-graph'(ask: AskOf<'scheduler.call-graph'>): Promise<AnswerOf<'scheduler.call-graph'>> {
      const graph = callGraph(engine, callOf(engine, ask));
      await engine.committed();
      return graph;
    },
  };
};

const backlogOf = (
  { state }: Engine,
  { functionId, workspaceId }: Pick<Call, 'functionId' | 'workspaceId'>,
): Backlog => ({
  queuedInputs: state.queue(functionId).size,
  heldBytes: state.heldBytesOfWorkspace.get(workspaceId) ?? 0,
});

/** An input of another workspace is nobody's parent here: its call's tree would show both to either. */
const withOwnParent = (
  engine: Engine,
  ask: AskOf<'scheduler.create-call'>,
): AskOf<'scheduler.create-call'> => {
  const { parentInputId, ...alone } = ask;
  const parent =
    parentInputId === undefined ? undefined : withWorkspace(engine, parentInputId, ask.workspaceId);
  return parent === undefined ? alone : ask;
};

const withWorkspace = ({ state }: Engine, inputId: string, workspaceId: string) => {
  const input = state.inputs.get(inputId);
  const call = input && state.calls.get(input.callId);
  return input && call?.workspaceId === workspaceId ? { workspaceId, input } : undefined;
};

/**
 * Inputs that wait end at once. A running one is interrupted by its container, which then answers for it;
 * where containers are to be terminated it ends here. Calls that the inputs made are cancelled with them.
 */
const cancelWithChildren = (engine: Engine, call: Call, terminate: boolean, at: Instant): void => {
  const { state } = engine;
  if (call.cancelled && !terminate) return;
  const decision = cancelCall(call);
  if (!isRefusal(decision)) engine.record(decision, at);
  for (const inputId of state.inputsOfCall.get(call.callId) ?? []) {
    const input = state.inputs.get(inputId);
    if (input === undefined || input.status === 'finished') continue;
    const task = input.status === 'running' ? state.tasks.get(input.taskId) : undefined;
    if (task !== undefined) engine.nudge(task.workerId);
    if (task !== undefined && terminate) engine.record(requestTaskStop(task, 'kill', 'cancelled'), at);
    if (input.status === 'queued' || terminate)
      engine.record(cancelInput(input, 'the call was cancelled'), at);
    for (const childId of state.callsOfParent.get(inputId) ?? []) {
      const child = state.calls.get(childId);
      if (child !== undefined) cancelWithChildren(engine, child, terminate, at);
    }
  }
};

const callView = ({ state }: Engine, call: Call): CallView => {
  const outputs = state.outputsOfCall.get(call.callId) ?? [];
  const succeeded = outputs.filter((inputId) => {
    const input = inputId === undefined ? undefined : state.inputs.get(inputId);
    return input?.status === 'finished' && input.outcome.kind === 'success';
  }).length;
  const unfinishedInputs = state.unfinishedOfCall.get(call.callId) ?? 0;
  return {
    callId: call.callId,
    functionId: call.functionId,
    appId: call.appId,
    workspaceId: call.workspaceId,
    shape: call.shape,
    invocation: call.invocation,
    createdAt: call.createdAt,
    ...(call.parentInputId === undefined ? {} : { parentInputId: call.parentInputId }),
    numInputs: call.numInputs,
    unfinishedInputs,
    succeededInputs: succeeded,
    failedInputs: call.numInputs - unfinishedInputs - succeeded,
  };
};
