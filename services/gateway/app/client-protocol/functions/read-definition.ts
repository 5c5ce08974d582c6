import type { FunctionView } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { RpcParts } from '../rpc-parts.js';

/** The bytes of a function's definition. Throws a RefusedError where they are gone: a day after its app they may be. */
export const readDefinition = async (
  { objects }: Pick<RpcParts, 'objects'>,
  { functionId, definitionDigest }: Pick<FunctionView, 'functionId' | 'definitionDigest'>,
): Promise<Buffer> => {
  try {
    return await objects.getBytes(definitionDigest);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.refused !== 'not-found') throw error;
    const message = `The definition of function ${functionId} is gone: it is kept as long as its app runs, and for a day after that.`;
    throw new RefusedError(refuse('not-found', DEFINITION_GONE, message));
  }
};

export const DEFINITION_GONE = 'definition-gone';
