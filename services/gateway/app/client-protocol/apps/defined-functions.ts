import type { AppId, FunctionView, WorkspaceId } from '@slipway/contracts';
import { FunctionDefinition } from '@slipway/protocol';
import type { RpcParts } from '../rpc-parts.js';

export type DefinedFunction = Readonly<{ view: FunctionView; definition: FunctionDefinition }>;

/** What an app serves, each with its definition. */
export const definedFunctions = async (
  { bus, objects }: Pick<RpcParts, 'bus' | 'objects'>,
  workspaceId: WorkspaceId,
  appId: AppId,
): Promise<readonly DefinedFunction[]> => {
  const { functions } = await bus.request('scheduler.list-functions', { workspaceId, appId });
  return Promise.all(
    functions.map(async (view) => ({
      view,
      definition: FunctionDefinition.decode(await objects.getBytes(view.definitionDigest)),
    })),
  );
};
