import type { AppId, FunctionId } from '@slipway/contracts';
import { deterministicId } from '@slipway/protocol';

/** A function keeps its id over deployments: the app and the name make it. */
export const functionIdOf = (appId: AppId, tag: string): FunctionId => deterministicId('fu', appId, tag);

/** Equal parameters and options give the same variant, whose containers are shared. */
export const boundFunctionIdOf = (
  functionId: FunctionId,
  serializedParams: Uint8Array,
  options: Uint8Array | undefined,
): FunctionId => deterministicId('fu', 'bound', functionId, serializedParams, options ?? new Uint8Array());
