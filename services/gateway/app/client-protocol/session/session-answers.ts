import { authTokenGet } from './auth-token-get.rpc.js';
import { clientHello } from './client-hello.rpc.js';
import { environmentGetOrCreate, environmentList } from './environment.rpc.js';
import { tokenInfoGet } from './token-info-get.rpc.js';
import { workspaceNameLookup } from './workspace-name-lookup.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about caller and workspace. */
export const sessionAnswers = (parts: RpcParts) => ({
  clientHello: clientHello(),
  authTokenGet: authTokenGet(parts),
  tokenInfoGet: tokenInfoGet(parts),
  workspaceNameLookup: workspaceNameLookup(),
  environmentGetOrCreate: environmentGetOrCreate(parts),
  environmentList: environmentList(parts),
});
