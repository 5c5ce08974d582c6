import type { FunctionId } from '@slipway/contracts';
import type { RpcParts } from '../rpc-parts.js';

/** A function and, where they are asked for too, its base and all variants of that. Throws where the workspace has no such function. */
export const functionFamily = async (
  { bus, variants }: Pick<RpcParts, 'bus' | 'variants'>,
  ask: Readonly<{ workspaceId: string; functionId: FunctionId }>,
  scope: 'alone' | 'with-variants',
): Promise<Readonly<{ functionIds: readonly FunctionId[]; variantCount: number }>> => {
  const view = await bus.request('scheduler.get-function', ask);
  const baseId = view.baseFunctionId ?? ask.functionId;
  const variantIds = await variants.idsOf(baseId);
  const functionIds = scope === 'alone' ? [ask.functionId] : [baseId, ...variantIds];
  return { functionIds, variantCount: variantIds.length };
};
