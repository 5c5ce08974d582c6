import { refuse, RefusedError } from '@slipway/kernel';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { acceptedItems, acceptInputs } from './accept-inputs.js';
import { readCall, readInput, signInput } from './call-tokens.js';
import { storePayload } from './store-payload.js';

type Parts = Pick<RpcParts, 'bus' | 'objects' | 'signingKey'>;

export const functionPutInputs =
  ({ bus, objects, signingKey }: Parts): UnaryRpc<'functionPutInputs'> =>
  async ({ functionCallId: callId, inputs: items }, { caller: { workspaceId } }) => {
    const inputs = await acceptInputs({ bus, objects }, { callId, workspaceId }, items);
    await bus.request('scheduler.put-inputs', { callId, workspaceId, inputs });
    return { inputs: acceptedItems(signingKey, callId, inputs) };
  };

export const functionFinishInputs =
  ({ bus }: Pick<Parts, 'bus'>): UnaryRpc<'functionFinishInputs'> =>
  async ({ functionCallId: callId, numInputs }, { caller: { workspaceId } }) => {
    await bus.request('scheduler.finish-inputs', { callId, workspaceId, numInputs });
    return {};
  };

/** For clients that retry by themselves: the input's earlier output is gone afterwards. */
export const functionRetryInputs =
  ({ bus, objects, signingKey }: Parts): UnaryRpc<'functionRetryInputs'> =>
  async ({ functionCallJwt, inputs: items }, { caller: { workspaceId } }) => {
    const callId = readCall(signingKey, functionCallJwt);
    const claims = items.map((item) => readInput(signingKey, item.inputJwt));
    const inputs = await Promise.all(
      items.map(async ({ input, retryCount }, index) => {
        const { inputId } = claims[index]!;
        if (input === undefined)
          throw new RefusedError(
            refuse('invalid', 'input-missing', `The retry of ${inputId} brings no input.`),
          );
        return {
          inputId,
          retryCount,
          args: await storePayload({ bus, objects }, workspaceId, input.argsOneof),
        };
      }),
    );
    await bus.request('scheduler.retry-inputs', { callId, workspaceId, inputs });
    return { inputJwts: claims.map((claim) => signInput(signingKey, claim)) };
  };
