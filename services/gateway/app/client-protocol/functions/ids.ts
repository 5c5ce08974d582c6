import type { AppId, DefinitionId, FunctionId, FunctionSpec } from '@slipway/contracts';
import { deterministicId, inFieldOrder } from '@slipway/protocol';

/** A function keeps its id over deployments: the app and the name make it. */
export const functionIdOf = (appId: AppId, tag: string): FunctionId => deterministicId('fu', appId, tag);

/** Equal parameters and options give the same variant, whose containers are shared. */
export const boundFunctionIdOf = (
  functionId: FunctionId,
  serializedParams: Uint8Array,
  options: Uint8Array | undefined,
): FunctionId => deterministicId('fu', 'bound', functionId, serializedParams, options ?? new Uint8Array());

/**
 * Equal definitions have one id, so that a deployment which changes nothing is seen to change nothing.
 * Clients write mounts and dependencies in an order that says nothing and is another one each time.
 */
export const definitionIdOf = (
  functionId: FunctionId,
  spec: FunctionSpec,
  definition: Uint8Array,
): DefinitionId =>
  deterministicId(
    'de',
    functionId,
    JSON.stringify({ ...spec, mountIds: spec.mountIds.toSorted() }),
    inFieldOrder(definition),
  );
