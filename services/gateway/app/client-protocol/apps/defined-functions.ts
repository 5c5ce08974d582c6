import type { AppView, FunctionView } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { FunctionDefinition } from '@slipway/protocol';
import { DEFINITION_GONE, readDefinition } from '../functions/read-definition.js';
import type { RpcParts } from '../rpc-parts.js';

export type DefinedFunction = Readonly<{ view: FunctionView; definition: FunctionDefinition }>;

/** What an app serves, each with its definition. Of an app that has stopped, what it served and still has one. */
export const definedFunctions = async (
  parts: Pick<RpcParts, 'bus' | 'objects'>,
  { workspaceId, appId, state }: Pick<AppView, 'workspaceId' | 'appId' | 'state'>,
): Promise<readonly DefinedFunction[]> => {
  const { functions } = await parts.bus.request('scheduler.list-functions', { workspaceId, appId });
  const found = await Promise.all(
    functions.map(async (view): Promise<DefinedFunction | undefined> => {
      try {
        return { view, definition: FunctionDefinition.decode(await readDefinition(parts, view)) };
      } catch (error) {
        const isGone = error instanceof RefusedError && error.refusal.code === DEFINITION_GONE;
        if (isGone && state === 'stopped') return undefined;
        throw error;
      }
    }),
  );
  return found.filter((one) => one !== undefined);
};
