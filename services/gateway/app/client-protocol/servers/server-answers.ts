import type { RpcParts } from '../rpc-parts.js';
import { serverGetMetrics } from './server-metrics.rpc.js';
import { serverCountRequests, serverRequestFetch } from './server-requests.rpc.js';
import { serverGetTimeRangeStats } from './server-stats.rpc.js';

/** Which function answers which rpc about what servers were asked. */
export const serverAnswers = (parts: RpcParts) => ({
  serverRequestFetch: serverRequestFetch(parts),
  serverCountRequests: serverCountRequests(parts),
  serverGetTimeRangeStats: serverGetTimeRangeStats(parts),
  serverGetMetrics: serverGetMetrics(parts),
});
