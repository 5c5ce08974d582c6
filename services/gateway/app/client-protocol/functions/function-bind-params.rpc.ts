import { accepted } from '@slipway/kernel';
import { readFunctionOverrides } from '@slipway/gateway-core';
import { FunctionDefinition, FunctionOptions } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { bindVariant } from './bind-variant.js';
import { classParameters } from './class-parameters.js';
import { functionHandle } from './function-handle.js';
import { boundFunctionIdOf } from './ids.js';
import { readDefinition } from './read-definition.js';
import { instanceQuery } from './instance-query.js';
import { partsOfSpec, requireParts } from './require-parts.js';
import { webUrls } from './web-urls.js';

/**
 * Makes the variant of a function that has these parameters and options, or finds it. A variant of a pinned function is pinned as well.
 * A URL asks for an instance of a class by its parameters alone: with options of its own it has none.
 */
export const functionBindParams =
  ({
    bus,
    objects,
    secrets,
    variants,
    webRoutes,
    webAddresses,
  }: Pick<
    RpcParts,
    'bus' | 'objects' | 'secrets' | 'variants' | 'webRoutes' | 'webAddresses'
  >): UnaryRpc<'functionBindParams'> =>
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
    const bound = await bindVariant(
      { bus, variants },
      {
        ...{ functionId, boundFunctionId, workspaceId, serializedParams, functionOptions },
        ...(pinnedVersion === undefined ? {} : { pinnedVersion }),
        overrides,
      },
    );
    const definition = FunctionDefinition.decode(await readDefinition({ objects }, bound));
    const urls =
      pinnedVersion === undefined &&
      Object.keys(overrides).length === 0 &&
      classParameters(definition).length > 0
        ? webUrls(webAddresses, await webRoutes.ofFunction(functionId), instanceQuery(serializedParams))
        : {};
    return {
      boundFunctionId,
      handleMetadata: { ...functionHandle(bound.appId, definition, urls), baseFunctionId: functionId },
    };
  };
