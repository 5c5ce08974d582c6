import type { UnaryRpc } from '../rpc.js';
import { functionHandle } from './function-handle.js';
import { functionIdOf } from './ids.js';

/** Names a function's id before the function is made, so that others can refer to it. */
export const functionPrecreate = (): UnaryRpc<'functionPrecreate'> => async (request) => ({
  functionId: functionIdOf(request.appId, request.functionName),
  handleMetadata: functionHandle(request.appId, request),
});
