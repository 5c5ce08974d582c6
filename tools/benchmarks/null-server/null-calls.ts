import {
  FunctionCallInvocationType,
  FunctionGetInputsItem,
  FunctionGetInputsResponse,
  FunctionGetOutputsItem,
  FunctionGetOutputsResponse,
  type FunctionGetInputsRequest,
  type FunctionGetOutputsRequest,
  type FunctionPutInputsItem,
  type FunctionPutInputsResponseItem,
  type FunctionPutOutputsRequest,
} from '@slipway/protocol';

type NullCall = { outputs: FunctionGetOutputsItem[]; unfinished: number; tell: () => void };
type Owned = Readonly<{ callId: string; idx: number; item: FunctionGetInputsItem }>;

const heldMs = 50_000;
const mostOutputs = 49;

/** Calls, inputs and outputs in memory: handed on at once, forgotten when they were seen, kept nowhere. */
export class NullCalls {
  readonly #calls = new Map<string, NullCall>();
  readonly #owners = new Map<string, Owned>();
  readonly #queue: FunctionGetInputsItem[] = [];
  readonly #takers: ((item: FunctionGetInputsItem | undefined) => void)[] = [];
  #made = 0;

  create(inputs: readonly FunctionPutInputsItem[]): {
    callId: string;
    accepted: FunctionPutInputsResponseItem[];
  } {
    const callId = this.#newId('fc');
    this.#calls.set(callId, { outputs: [], unfinished: 0, tell: () => undefined });
    return { callId, accepted: this.put(callId, inputs) };
  }

  put(callId: string, inputs: readonly FunctionPutInputsItem[]): FunctionPutInputsResponseItem[] {
    const call = this.#calls.get(callId)!;
    return inputs.map(({ idx, input }) => {
      const inputId = this.#newId('in');
      const item = FunctionGetInputsItem.fromPartial({
        inputId,
        functionCallId: callId,
        functionCallInvocationType: FunctionCallInvocationType.SYNC,
        functionMapIdx: idx,
        ...(input === undefined ? {} : { input }),
      });
      call.unfinished += 1;
      this.#owners.set(inputId, { callId, idx, item });
      const taker = this.#takers.shift();
      if (taker) taker(item);
      else this.#queue.push(item);
      return {
        idx,
        inputId,
        inputJwt: `e30.${Buffer.from(JSON.stringify({ idx })).toString('base64url')}.e30`,
      };
    });
  }

  async take(_request: FunctionGetInputsRequest): Promise<FunctionGetInputsResponse> {
    const item = this.#queue.shift() ?? (await this.#nextInput());
    return FunctionGetInputsResponse.fromPartial({ inputs: item === undefined ? [] : [item] });
  }

  finish({ outputs }: FunctionPutOutputsRequest): void {
    for (const { inputId, result, dataFormat, retryCount, inputStartedAt, outputCreatedAt } of outputs) {
      const owned = this.#owners.get(inputId);
      const call = owned && this.#calls.get(owned.callId);
      this.#owners.delete(inputId);
      if (!owned || !call) continue;
      call.unfinished -= 1;
      call.outputs.push(
        FunctionGetOutputsItem.fromPartial({
          idx: owned.idx,
          inputId,
          dataFormat,
          retryCount,
          inputStartedAt,
          outputCreatedAt,
          ...(result === undefined ? {} : { result }),
        }),
      );
      call.tell();
    }
  }

  async outputs(request: FunctionGetOutputsRequest): Promise<FunctionGetOutputsResponse> {
    const call = this.#calls.get(request.functionCallId);
    const after = Number.parseInt(request.lastEntryId, 10) || 0;
    if (call && call.outputs.length <= after && call.unfinished > 0 && request.timeout > 0)
      await this.#nextOutput(call);
    const outputs = call?.outputs.slice(after, after + mostOutputs) ?? [];
    if (request.clearOnSuccess && (outputs.length > 0 || request.timeout === 0))
      this.#calls.delete(request.functionCallId);
    return FunctionGetOutputsResponse.fromPartial({
      idxs: outputs.map(({ idx }) => idx),
      outputs,
      lastEntryId: `${after + outputs.length}-0`,
      numUnfinishedInputs: call?.unfinished ?? 0,
    });
  }

  #nextInput(): Promise<FunctionGetInputsItem | undefined> {
    return new Promise((done) => {
      const timer = setTimeout(() => {
        this.#takers.splice(this.#takers.indexOf(taker), 1);
        done(undefined);
      }, heldMs);
      const taker = (item: FunctionGetInputsItem | undefined): void => {
        clearTimeout(timer);
        done(item);
      };
      this.#takers.push(taker);
    });
  }

  #nextOutput(call: NullCall): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, heldMs);
      call.tell = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  #newId(prefix: string): string {
    this.#made += 1;
    return `${prefix}-${String(this.#made).padStart(26, '0')}`;
  }
}
