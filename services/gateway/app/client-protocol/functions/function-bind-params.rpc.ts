import { accepted } from '@slipway/kernel';
import { readFunctionOverrides } from '@slipway/gateway-core';
import { FunctionDefinition, FunctionOptions } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { functionHandle } from './function-handle.js';
import { boundFunctionIdOf } from './ids.js';
import { readDefinition } from './read-definition.js';
import { partsOfSpec, requireParts } from './require-parts.js';

/** Makes the variant of a function that has these parameters and options, or finds it. A variant of a pinned function is pinned as well. */
export const functionBindParams =
  ({
    bus,
    objects,
    secrets,
    variants,
  }: Pick<RpcParts, 'bus' | 'objects' | 'secrets' | 'variants'>): UnaryRpc<'functionBindParams'> =>
  async ({ functionId: namedId, serializedParams, functionOptions }, { caller }) => {
    const { workspaceId } = caller;
    const named = await bus.request('scheduler.get-function', { workspaceId, functionId: namedId });
    const options = functionOptions && FunctionOptions.decode(functionOptions);
    const pinnedVersion = options?.pinnedAppVersion || named.pinnedVersion;
    const functionId = named.pinnedVersion === undefined ? namedId : (named.baseFunctionId ?? namedId);
    const overrides = accepted(readFunctionOverrides(named.spec.tag, options));
    await requireParts({ bus, secrets }, caller, { ...partsOfSpec(overrides), usedBy: named.appId });
    const boundFunctionId = boundFunctionIdOf(
      functionId,
      serializedParams,
      pinnedVersion === undefined
        ? functionOptions
        : FunctionOptions.encode({
            ...FunctionOptions.fromPartial(options ?? {}),
            pinnedAppVersion: pinnedVersion,
          }).finish(),
    );
    const bound = await bus.request('scheduler.bind-function', {
      functionId,
      boundFunctionId,
      workspaceId,
      ...(serializedParams.length > 0 ? { serializedParams: serializedParams.toString('base64') } : {}),
      ...(pinnedVersion === undefined ? {} : { pinnedVersion }),
      overrides,
    });
    await variants.add({
      functionId: boundFunctionId,
      baseFunctionId: functionId,
      workspaceId,
      serializedParams,
      ...(functionOptions === undefined ? {} : { functionOptions }),
      at: Date.now(),
    });
    const definition = FunctionDefinition.decode(await readDefinition({ objects }, bound));
    return {
      boundFunctionId,
      handleMetadata: { ...functionHandle(bound.appId, definition), baseFunctionId: functionId },
    };
  };
