import type { AskOf, AnswerOf } from '@slipway/contracts';
import type { RpcParts } from '../rpc-parts.js';

export type BindingParts = Readonly<{ bus: Pick<RpcParts['bus'], 'request'> }> & Pick<RpcParts, 'variants'>;

export type Binding = Omit<AskOf<'scheduler.bind-function'>, 'serializedParams'> &
  Readonly<{ serializedParams: Buffer; functionOptions?: Buffer | undefined }>;

/** Makes a variant of a function, or finds it, and lists it among the function's. */
export const bindVariant = async (
  { bus, variants }: BindingParts,
  { serializedParams, functionOptions, ...binding }: Binding,
): Promise<AnswerOf<'scheduler.bind-function'>> => {
  const bound = await bus.request('scheduler.bind-function', {
    ...binding,
    ...(serializedParams.length > 0 ? { serializedParams: serializedParams.toString('base64') } : {}),
  });
  await variants.add({
    functionId: binding.boundFunctionId,
    baseFunctionId: binding.functionId,
    workspaceId: binding.workspaceId,
    serializedParams,
    ...(functionOptions === undefined ? {} : { functionOptions }),
    at: Date.now(),
  });
  return bound;
};
