import { refuse, RefusedError } from '@slipway/kernel';
import type { CallId, NewInput, WorkspaceId } from '@slipway/contracts';
import {
  deterministicId,
  type FunctionPutInputsItem,
  type FunctionPutInputsResponseItem,
} from '@slipway/protocol';
import type { RpcParts } from '../rpc-parts.js';
import { signInput } from './call-tokens.js';
import { readFormat } from './data-format.js';
import { storePayload } from './store-payload.js';

/** A client's items as inputs of a call. An input's id follows from its call and its place, so that a repeated item is the same input. */
export const acceptInputs = (
  parts: Pick<RpcParts, 'bus' | 'objects'>,
  { callId, workspaceId }: Readonly<{ callId: CallId; workspaceId: WorkspaceId }>,
  items: readonly FunctionPutInputsItem[],
): Promise<NewInput[]> =>
  Promise.all(
    items.map(async ({ idx, input }) => {
      if (input === undefined)
        throw new RefusedError(refuse('invalid', 'input-missing', `The item with idx ${idx} has no input.`));
      return {
        idx,
        inputId: deterministicId('in', callId, String(idx)),
        args: await storePayload(parts, workspaceId, input.argsOneof),
        dataFormat: readFormat(input.dataFormat),
        ...(input.methodName ? { methodName: input.methodName } : {}),
        ...(input.finalInput ? { finalInput: true } : {}),
      };
    }),
  );

/** What the client is told of each input that was accepted. */
export const acceptedItems = (
  signingKey: string,
  callId: CallId,
  inputs: readonly NewInput[],
): FunctionPutInputsResponseItem[] =>
  inputs.map(({ idx, inputId }) => ({
    idx,
    inputId,
    inputJwt: signInput(signingKey, { idx, inputId, callId }),
  }));
