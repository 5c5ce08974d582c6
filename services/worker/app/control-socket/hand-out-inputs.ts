import type { TakenInput } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { FunctionCallInvocationType, FunctionGetInputsItem, FunctionInput } from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import type { ContainerSession } from './container-session.js';
import { toClientFormat } from './data-formats.js';
import { loadPayload } from './payloads.js';

type HandOutHost = Pick<WorkerHost, 'bus' | 'config' | 'logger' | 'objects'>;
type Loaded = Readonly<{ input: TakenInput; item: FunctionGetInputsItem }>;
type Unreadable = Readonly<{ input: TakenInput; failure: string }>;

/**
 * Reads the arguments of inputs, and only then counts them as held by the container. One whose arguments are gone is answered.
 * When they cannot be read now, the container holds none of them: the scheduler gives them again when it asks next.
 */
export const handOutInputs = async (
  host: HandOutHost,
  session: ContainerSession,
  inputs: readonly TakenInput[],
): Promise<readonly FunctionGetInputsItem[]> => {
  try {
    const read = await Promise.all(inputs.map((input) => load(host, input)));
    const unreadable = read.filter((each) => 'failure' in each);
    if (unreadable.length > 0) await answer(host, session, unreadable);
    const loaded = read.filter((each) => 'item' in each);
    session.inputs.take(
      loaded.map(({ input }) => input),
      Date.now(),
    );
    return loaded.map(({ item }) => item);
  } catch (error) {
    host.logger.warn({ taskId: session.assignment.taskId, err: error }, 'inputs must be given again');
    return [];
  } finally {
    session.ahead.forget(inputs);
  }
};

const load = async (host: HandOutHost, input: TakenInput): Promise<Loaded | Unreadable> => {
  try {
    return { input, item: await itemOf(host, input) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { input, failure: `the arguments cannot be read: ${error.message}` };
  }
};

const answer = async (
  host: HandOutHost,
  session: ContainerSession,
  unreadable: readonly Unreadable[],
): Promise<void> => {
  await host.bus.persist('scheduler.put-outputs', {
    taskId: session.assignment.taskId,
    workerId: host.config.workerId,
    outputs: unreadable.map(({ input: { inputId, retryCount }, failure }) => ({
      inputId,
      retryCount,
      outcome: { kind: 'platform-error', exception: failure },
    })),
  });
};

const itemOf = async (host: HandOutHost, input: TakenInput): Promise<FunctionGetInputsItem> => {
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
