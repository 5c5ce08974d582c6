import { accepted } from '@slipway/kernel';
import { readFunctionOverrides } from '@slipway/gateway-core';
import { FunctionDefinition, FunctionHandleMetadata, FunctionOptions } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { functionHandle } from './function-handle.js';
import { boundFunctionIdOf } from './ids.js';

/** Makes the variant of a function that has these parameters and options, or finds it. */
export const functionBindParams =
  ({
    bus,
    objects,
    handles,
  }: Pick<RpcParts, 'bus' | 'objects' | 'handles'>): UnaryRpc<'functionBindParams'> =>
  async ({ functionId, serializedParams, functionOptions }, { caller: { workspaceId } }) => {
    const base = await bus.request('scheduler.get-function', { workspaceId, functionId });
    const options = functionOptions && FunctionOptions.decode(functionOptions);
    const boundFunctionId = boundFunctionIdOf(functionId, serializedParams, functionOptions);
    await bus.request('scheduler.bind-function', {
      functionId,
      boundFunctionId,
      workspaceId,
      ...(serializedParams.length > 0 ? { serializedParams: serializedParams.toString('base64') } : {}),
      overrides: accepted(readFunctionOverrides(base.spec, options)),
    });
    const definition = FunctionDefinition.decode(await objects.getBytes(base.definitionDigest));
    const handleMetadata = { ...functionHandle(base.appId, definition), baseFunctionId: functionId };
    await handles.putFunction({
      functionId: boundFunctionId,
      workspaceId,
      appId: base.appId,
      tag: base.spec.tag,
      bound: true,
      metadata: Buffer.from(FunctionHandleMetadata.encode(handleMetadata).finish()),
      dependencyIds: [],
    });
    return { boundFunctionId, handleMetadata };
  };
