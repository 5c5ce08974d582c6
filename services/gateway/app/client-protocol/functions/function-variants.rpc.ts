import { FunctionListVariantsResponse } from '@slipway/protocol';
import { VariantList } from '../../store/function-history/variant-list.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** As many can be put in the order of their containers; of more, the newest come first, in pages. */
const MOST_RANKED = 1_000;
const PAGE = 500;

/** The variants of a function, with the parameters and options that make them. */
export const functionListVariants =
  ({ bus, statistics }: Pick<RpcParts, 'bus' | 'statistics'>): UnaryRpc<'functionListVariants'> =>
  async ({ functionId, cursor, limit }, { caller: { workspaceId } }) => {
    const view = await bus.request('scheduler.get-function', { workspaceId, functionId });
    const baseId = view.baseFunctionId ?? functionId;
    const isRanked = cursor === undefined && limit > 0 && limit <= MOST_RANKED;
    const after = cursor && {
      createdBefore: Math.round(cursor.createdBefore * 1000),
      functionId: cursor.functionId,
    };
    const found = await statistics.read(workspaceId, (connection) => {
      const variants = new VariantList(connection);
      return isRanked ? variants.busiest(baseId, limit) : variants.newest(baseId, PAGE, after);
    });
    const last = found.at(-1);
    const isMore = !isRanked && found.length === PAGE && last !== undefined;
    return FunctionListVariantsResponse.fromPartial({
      infos: found.map(({ functionId: variantId, serializedParams, functionOptions }) => ({
        functionId: variantId,
        serializedParams,
        ...(functionOptions === undefined ? {} : { functionOptions }),
      })),
      orderedByTaskCount: isRanked,
      ...(isMore
        ? { nextCursor: { createdBefore: last.createdAt / 1000, functionId: last.functionId } }
        : {}),
    });
  };
