import { authTokenGet } from './auth-token-get.rpc.js';
import { clientHello } from './client-hello.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc by which clients begin. */
export const sessionAnswers = (parts: RpcParts) => ({
  clientHello: clientHello(),
  authTokenGet: authTokenGet(parts),
});
