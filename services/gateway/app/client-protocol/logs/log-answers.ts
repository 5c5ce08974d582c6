import type { RpcParts } from '../rpc-parts.js';
import { appCountLogs } from './app-count-logs.rpc.js';
import { appFetchLogs } from './app-fetch-logs.rpc.js';
import { appGetLogs } from './app-get-logs.rpc.js';

/** Which function answers which rpc about logs. */
export const logAnswers = (parts: RpcParts) => ({
  appCountLogs: appCountLogs(parts),
  appFetchLogs: appFetchLogs(parts),
  appGetLogs: appGetLogs(parts),
});
