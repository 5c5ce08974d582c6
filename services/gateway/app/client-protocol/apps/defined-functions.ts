import type { AskOf, FunctionView } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { FunctionDefinition } from '@slipway/protocol';
import { DEFINITION_GONE, readDefinition } from '../functions/read-definition.js';
import type { RpcParts } from '../rpc-parts.js';

export type DefinedFunction = Readonly<{ view: FunctionView; definition: FunctionDefinition }>;

type Which = Readonly<{
  isWanted?: (view: FunctionView) => boolean;
  /** The app has stopped: its definitions may be gone, and those functions are left out. */
  mayBeGone?: boolean;
}>;

/** What an app serves, or the definitions that are named, each with what it says. */
export const definedFunctions = async (
  parts: Pick<RpcParts, 'bus' | 'objects'>,
  asked: AskOf<'scheduler.list-functions'>,
  { isWanted = () => true, mayBeGone = false }: Which = {},
): Promise<readonly DefinedFunction[]> => {
  const { functions } = await parts.bus.request('scheduler.list-functions', asked);
  const found = await Promise.all(
    functions.filter(isWanted).map(async (view): Promise<DefinedFunction | undefined> => {
      try {
        return { view, definition: FunctionDefinition.decode(await readDefinition(parts, view)) };
      } catch (error) {
        const isGone = error instanceof RefusedError && error.refusal.code === DEFINITION_GONE;
        if (isGone && mayBeGone) return undefined;
        throw error;
      }
    }),
  );
  return found.filter((one) => one !== undefined);
};
