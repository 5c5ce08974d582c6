import type { InputsTaken, TakenInput } from '@slipway/contracts';
import { BusUnavailableError } from '@slipway/messaging';
import {
  FunctionCallInvocationType,
  FunctionGetInputsItem,
  FunctionGetInputsResponse,
  FunctionInput,
  type FunctionGetInputsRequest,
} from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';
import { toClientFormat } from './data-formats.js';
import { loadPayload } from './payloads.js';

const WAIT_MS = 50_000;

const NO_INPUTS: InputsTaken = { inputs: [], exit: false };
const EXIT: InputsTaken = { inputs: [], exit: true };

const itemOf = async (host: WorkerHost, input: TakenInput): Promise<FunctionGetInputsItem> => {
  const args = await loadPayload(host.objects, input.args);
  return FunctionGetInputsItem.fromPartial({
    inputId: input.inputId,
    functionCallId: input.callId,
    functionCallInvocationType:
      input.invocation === 'sync' ? FunctionCallInvocationType.SYNC : FunctionCallInvocationType.ASYNC,
    retryCount: input.retryCount,
    functionMapIdx: input.idx,
    input: FunctionInput.fromPartial({
      argsOneof:
        'bytes' in args ? { $case: 'args', value: args.bytes } : { $case: 'argsBlobId', value: args.blobId },
      dataFormat: toClientFormat(input.dataFormat),
      finalInput: input.finalInput,
      ...(input.methodName !== undefined && { methodName: input.methodName }),
    }),
  });
};

/** Settles with the order to exit as soon as the session wants no more inputs; `stop` ends the watch. */
const exitOf = (session: ContainerSession): Readonly<{ wanted: Promise<InputsTaken>; stop: () => void }> => {
  let stop = (): void => undefined;
  const wanted = new Promise<InputsTaken>((resolve) => {
    const onAbort = (): void => resolve(EXIT);
    session.exitWanted.addEventListener('abort', onAbort, { once: true });
    stop = () => session.exitWanted.removeEventListener('abort', onAbort);
  });
  return { wanted, stop };
};

const askScheduler = async (
  host: WorkerHost,
  session: ContainerSession,
  { batchMaxSize, batchLingerMs }: FunctionGetInputsRequest,
): Promise<InputsTaken> => {
  const exit = exitOf(session);
  const asked = session.exitWanted.aborted
    ? Promise.resolve(EXIT)
    : host.bus.park(
        'scheduler.take-inputs',
        {
          taskId: session.assignment.taskId,
          workerId: host.config.workerId,
          bootId: host.bootId,
          holding: session.inputIds,
          maxInputs: Math.max(1, batchMaxSize),
          lingerMs: batchLingerMs,
          waitMs: WAIT_MS,
        },
        { untilMs: Date.now() + WAIT_MS },
      );
  return Promise.race([asked, exit.wanted])
    .catch((error: unknown) => {
      if (error instanceof BusUnavailableError) return NO_INPUTS;
      throw error;
    })
    .finally(exit.stop);
};

/** A container with a free slot waits for inputs; an empty answer makes it ask again, `killSwitch` ends it. */
export const getInputs = async (
  host: WorkerHost,
  session: ContainerSession,
  request: FunctionGetInputsRequest,
): Promise<FunctionGetInputsResponse> => {
  session.ready();
  const taken = await session.whileAsking(request.batchMaxSize, async () => {
    const ahead = await session.takeAhead();
    return ahead.length > 0 ? { inputs: ahead, exit: false } : askScheduler(host, session, request);
  });
  if (taken.exit && taken.inputs.length === 0) {
    session.leave();
    return FunctionGetInputsResponse.fromPartial({ inputs: [{ killSwitch: true }] });
  }
  session.take(taken.inputs, Date.now());
  return FunctionGetInputsResponse.fromPartial({
    inputs: await Promise.all(taken.inputs.map((input) => itemOf(host, input))),
  });
};
