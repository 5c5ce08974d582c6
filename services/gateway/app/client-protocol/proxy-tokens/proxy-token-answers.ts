import type { RpcParts } from '../rpc-parts.js';
import {
  webhookTokenEnvironmentAdd,
  webhookTokenEnvironmentList,
  webhookTokenEnvironmentRemove,
} from './proxy-token-environments.rpc.js';
import {
  webhookTokenCreate,
  webhookTokenDelete,
  webhookTokenList,
  webhookTokenListForEnvironment,
  webhookTokenUpdate,
} from './proxy-tokens.rpc.js';
import { curlGetAuthToken, functionGetFlashAuthToken } from './web-pass.rpc.js';

/** Which function answers which rpc about who may call web endpoints. */
export const proxyTokenAnswers = (parts: RpcParts) => ({
  webhookTokenCreate: webhookTokenCreate(parts),
  webhookTokenUpdate: webhookTokenUpdate(parts),
  webhookTokenList: webhookTokenList(parts),
  webhookTokenListForEnvironment: webhookTokenListForEnvironment(parts),
  webhookTokenEnvironmentAdd: webhookTokenEnvironmentAdd(parts),
  webhookTokenEnvironmentRemove: webhookTokenEnvironmentRemove(parts),
  webhookTokenEnvironmentList: webhookTokenEnvironmentList(parts),
  webhookTokenDelete: webhookTokenDelete(parts),
  curlGetAuthToken: curlGetAuthToken(parts),
  functionGetFlashAuthToken: functionGetFlashAuthToken(parts),
});
