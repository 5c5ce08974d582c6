import type { FunctionId } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { RpcParts } from '../rpc-parts.js';

/** Throws where the workspace has no such function, or where that is no server. */
export const requireServer = async (
  { bus }: Pick<RpcParts, 'bus'>,
  ask: Readonly<{ workspaceId: string; functionId: FunctionId }>,
): Promise<FunctionId> => {
  const { spec } = await bus.request('scheduler.get-function', ask);
  if (spec.web?.kind === 'server') return ask.functionId;
  throw new RefusedError(
    refuse(
      'invalid',
      'not-a-server',
      `The function ${spec.tag} is no server: nothing is kept of its requests.`,
    ),
  );
};
