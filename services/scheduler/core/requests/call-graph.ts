import type { CallGraph, GraphInput } from '@slipway/contracts';
import type { Call } from '../call/call.state.js';
import type { Engine } from '../engine.js';
import type { Input } from '../input/input.state.js';

/** More than this nobody can read, and a client can hardly draw. */
const MAX_GRAPH_INPUTS = 5_000;

/** The whole tree that a call belongs to: from its root down to every call that an input made. */
export const callGraph = (engine: Engine, call: Call): CallGraph => {
  const { state } = engine;
  const calls: CallGraph['calls'][number][] = [];
  const inputs: GraphInput[] = [];
  const waiting = [rootOf(engine, call)];
  for (
    let next = waiting.shift();
    next !== undefined && inputs.length < MAX_GRAPH_INPUTS;
    next = waiting.shift()
  ) {
    calls.push({
      callId: next.callId,
      ...(next.parentInputId === undefined ? {} : { parentInputId: next.parentInputId }),
      functionName: state.resolve(next.functionId)?.spec.tag ?? next.functionId,
    });
    for (const inputId of state.inputsOfCall.get(next.callId) ?? []) {
      const input = state.inputs.get(inputId);
      if (input === undefined) continue;
      inputs.push(graphInput(input));
      for (const childId of state.callsOfParent.get(inputId) ?? []) {
        const child = state.calls.get(childId);
        if (child !== undefined) waiting.push(child);
      }
    }
  }
  return { inputs: inputs.slice(0, MAX_GRAPH_INPUTS), calls, truncated: inputs.length >= MAX_GRAPH_INPUTS };
};

const rootOf = ({ state }: Engine, call: Call): Call => {
  let root = call;
  for (;;) {
    const parent = root.parentInputId === undefined ? undefined : state.inputs.get(root.parentInputId);
    const above = parent && state.calls.get(parent.callId);
    if (above === undefined) return root;
    root = above;
  }
};

const graphInput = (input: Input): GraphInput => ({
  inputId: input.inputId,
  idx: input.idx,
  callId: input.callId,
  ...('taskId' in input && input.taskId !== undefined ? { taskId: input.taskId } : {}),
  status: statusOf(input),
});

const statusOf = (input: Input): GraphInput['status'] => {
  if (input.status !== 'finished') return 'pending';
  switch (input.outcome.kind) {
    case 'success':
    case 'timeout':
    case 'cancelled':
    case 'init-failure':
      return input.outcome.kind;
    case 'user-error':
    case 'out-of-memory':
    case 'disk-full':
    case 'host-lost':
    case 'platform-error':
      return 'failure';
    default:
      return input.outcome.kind satisfies never;
  }
};
