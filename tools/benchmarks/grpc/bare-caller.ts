import {
  DataFormat,
  FunctionCallInvocationType,
  FunctionCallType,
  FunctionGetOutputsRequest,
  FunctionGetRequest,
  type FunctionGetResponse,
  FunctionMapRequest,
  FunctionPutInputsRequest,
} from '@slipway/protocol';
import type { ClientEnvironment } from '../client/client-environment.ts';
import { RpcClient } from './rpc-client.ts';

// What pickle makes of ((0,), {}).
const argsOfZero = Buffer.from('80049508000000000000004b0085947d9486942e', 'hex');
const pythonClient = '1';
// The real client sends as many at once, and keeps as many open.
const chunk = 49;
const mostOutstanding = 1_000;

/** Makes calls as the real client does, rpc for rpc, without its cost. */
export class BareCaller {
  readonly #client: RpcClient;

  constructor(environment: ClientEnvironment) {
    this.#client = new RpcClient(environment.MODAL_SERVER_URL.replace(/^http:\/\//, ''), {
      'x-modal-client-version': '1.6.4',
      'x-modal-client-type': pythonClient,
      'x-modal-token-id': environment.MODAL_TOKEN_ID,
      'x-modal-token-secret': environment.MODAL_TOKEN_SECRET,
    });
  }

  findFunction(appName: string, objectTag: string): Promise<FunctionGetResponse> {
    return this.#client.call('functionGet', FunctionGetRequest.fromPartial({ appName, objectTag }));
  }

  /** One call, from its beginning to its output. `deadlineMs` bounds each rpc. */
  async callOnce(functionId: string, deadlineMs?: number): Promise<void> {
    const { functionCallId } = await this.#client.call(
      'functionMap',
      FunctionMapRequest.fromPartial({
        functionId,
        functionCallType: FunctionCallType.UNARY,
        functionCallInvocationType: FunctionCallInvocationType.SYNC,
        pipelinedInputs: [item(0)],
      }),
      deadlineMs,
    );
    for (;;) {
      const { outputs } = await this.#client.call(
        'functionGetOutputs',
        FunctionGetOutputsRequest.fromPartial({
          functionCallId,
          timeout: 55,
          lastEntryId: '0-0',
          clearOnSuccess: true,
          startIdx: 0,
          endIdx: 0,
        }),
        deadlineMs,
      );
      if (outputs.length > 0) return;
    }
  }

  /** One map over `inputs` inputs, until every output has come. */
  async map(functionId: string, inputs: number): Promise<void> {
    const { functionCallId } = await this.#client.call(
      'functionMap',
      FunctionMapRequest.fromPartial({
        functionId,
        functionCallType: FunctionCallType.MAP,
        functionCallInvocationType: FunctionCallInvocationType.SYNC,
      }),
    );
    const finished = new Set<number>();
    let room: () => void = () => undefined;
    const send = async (): Promise<void> => {
      for (let first = 0; first < inputs; first += chunk) {
        while (first - finished.size > mostOutstanding - chunk)
          await new Promise<void>((done) => (room = done));
        const items = Array.from({ length: Math.min(chunk, inputs - first) }, (_, place) =>
          item(first + place),
        );
        await this.#client.call(
          'functionPutInputs',
          FunctionPutInputsRequest.fromPartial({ functionId, functionCallId, inputs: items }),
        );
      }
    };
    const receive = async (): Promise<void> => {
      let lastEntryId = '0-0';
      while (finished.size < inputs) {
        const answer = await this.#client.call(
          'functionGetOutputs',
          FunctionGetOutputsRequest.fromPartial({ functionCallId, timeout: 55, lastEntryId }),
        );
        for (const { idx } of answer.outputs) finished.add(idx);
        lastEntryId = answer.lastEntryId;
        room();
      }
    };
    await Promise.all([send(), receive()]);
  }

  close(): void {
    this.#client.close();
  }
}

/** One function of a deployed app, by their names. */
export const findFunction = async (
  environment: ClientEnvironment,
  appName: string,
  tag: string,
): Promise<FunctionGetResponse> => {
  const caller = new BareCaller(environment);
  try {
    return await caller.findFunction(appName, tag);
  } finally {
    caller.close();
  }
};

const item = (idx: number) => ({
  idx,
  input: {
    argsOneof: { $case: 'args' as const, value: argsOfZero },
    finalInput: false,
    dataFormat: DataFormat.PICKLE,
  },
});
