import {
  INLINE_PAYLOAD_LIMIT_BYTES,
  type CreateCall,
  type FinishInputs,
  type NewInput,
  type Payload,
} from '@slipway/contracts';
import { isRefusal, refuse, type Decision, type Refusal } from '@slipway/kernel';
import { ended } from '../app/app.decide.js';
import type { App } from '../app/app.state.js';
import { inlineBytes } from '../policies/messages/most-bytes-of.js';
import type { CallEvent } from './call.events.js';
import type { Call } from './call.state.js';

/** How many inputs may wait for one function before the client is told to slow down. */
export const MAX_QUEUED_INPUTS = 200_000;
const MIB = 1024 * 1024;
/** How much the arguments of a workspace's unfinished inputs may take in memory; what lies in the blob-store takes none. */
export const MAX_HELD_BYTES = 256 * MIB;

/** What is there before more is taken: inputs that wait for the function, and bytes of arguments of its workspace. */
export type Backlog = Readonly<{ queuedInputs: number; heldBytes: number }>;

export const createCall = (
  call: Call | undefined,
  app: App,
  command: CreateCall,
  isRemoved = false,
  backlog: Backlog = { queuedInputs: 0, heldBytes: 0 },
): Decision<CallEvent> => {
  if (call !== undefined) return [];
  // What still runs on an older version may need what that version had.
  if (isRemoved && command.parentInputId === undefined)
    return refuse(
      'not-found',
      'function-removed',
      `the function ${command.functionId} is no longer a part of the app ${app.name ?? app.appId}: a deployment took it away`,
    );
  if (ended(app))
    return refuse(
      'conflict',
      'app-stopped',
      `the app ${app.name ?? app.appId} is ${app.status}: it takes no more calls`,
    );
  const { inputs: named, ...rest } = command;
  const inputs = withoutRepeats(named);
  const room = roomFor(inputs, backlog);
  if (isRefusal(room)) return room;
  return [
    { type: 'call-created', data: { ...rest, appId: app.appId } },
    ...(inputs.length === 0
      ? []
      : [{ type: 'inputs-queued' as const, data: { callId: command.callId, inputs } }]),
  ];
};

/** Inputs that are known already (the client tried again) are left out. */
export const putInputs = (
  call: Call,
  app: App,
  inputs: readonly NewInput[],
  isKnown: (input: NewInput) => boolean,
  backlog: Backlog,
): Decision<CallEvent> => {
  const fresh = withoutRepeats(inputs).filter((input) => !isKnown(input));
  if (fresh.length === 0) return [];
  const may = mayRun(call, app);
  if (isRefusal(may)) return may;
  const room = roomFor(fresh, backlog);
  if (isRefusal(room)) return room;
  return [{ type: 'inputs-queued', data: { callId: call.callId, inputs: fresh } }];
};

/** Whether inputs may wait beside those that do already, by their number and by their arguments. */
export const roomFor = (
  inputs: readonly Readonly<{ args?: Payload }>[],
  { queuedInputs, heldBytes }: Backlog,
): true | Refusal => {
  if (inputs.length === 0) return true;
  if (queuedInputs + inputs.length > MAX_QUEUED_INPUTS)
    return refuse(
      'exhausted',
      'queue-full',
      `${queuedInputs} inputs wait for this function and at most ${MAX_QUEUED_INPUTS} may: more are taken as they finish`,
    );
  const bytes = inputs.reduce((sum, { args }) => sum + inlineBytes(args), heldBytes);
  if (bytes > MAX_HELD_BYTES)
    return refuse(
      'exhausted',
      'queue-full',
      `the arguments of this workspace's inputs take ${Math.floor(heldBytes / MIB)} MiB and at most ${MAX_HELD_BYTES / MIB} may: more are taken as they finish (those above ${INLINE_PAYLOAD_LIMIT_BYTES / 1024} KiB lie in the blob-store and do not count)`,
    );
  return true;
};

/** An input is one however often a request names it. */
const withoutRepeats = (inputs: readonly NewInput[]): readonly NewInput[] => [
  ...new Map(inputs.map((input) => [input.inputId, input])).values(),
];

/** What is over stays over: the inputs of a cancelled call or of a stopped app do not run again. */
export const mayRun = (call: Call, app: App): true | Refusal => {
  if (ended(app))
    return refuse('conflict', 'app-stopped', `the app ${app.name ?? app.appId} is ${app.status}`);
  if (call.cancelled) return refuse('conflict', 'call-cancelled', `the call ${call.callId} was cancelled`);
  return true;
};

export const sealCall = (call: Call, { numInputs }: FinishInputs): Decision<CallEvent> =>
  call.sealed ? [] : [{ type: 'call-sealed', data: { callId: call.callId, numInputs } }];

export const cancelCall = (call: Call): Decision<CallEvent> =>
  call.cancelled ? [] : [{ type: 'call-cancelled', data: { callId: call.callId } }];
