import { classCreate, classGet } from './class.rpc.js';
import { functionBindParams } from './function-bind-params.rpc.js';
import { functionCallCount, functionCallFetch } from './function-calls.rpc.js';
import { functionCreate } from './function-create.rpc.js';
import { functionGet, functionGetById } from './function-get.rpc.js';
import { functionGetMetrics, metricsGetInfo } from './function-metrics.rpc.js';
import { functionPrecreate } from './function-precreate.rpc.js';
import {
  functionGetCurrentStats,
  functionGetSchedulingParams,
  functionUpdateSchedulingParams,
} from './function-scaling.rpc.js';
import { functionGetTimeRangeStats } from './function-stats.rpc.js';
import { functionListVariants } from './function-variants.rpc.js';
import type { RpcParts } from '../rpc-parts.js';

/** Which function answers which rpc about functions. */
export const functionAnswers = (parts: RpcParts) => ({
  functionPrecreate: functionPrecreate(parts),
  functionCreate: functionCreate(parts),
  functionGet: functionGet(parts),
  functionGetById: functionGetById(parts),
  functionBindParams: functionBindParams(parts),
  functionGetCurrentStats: functionGetCurrentStats(parts),
  functionGetSchedulingParams: functionGetSchedulingParams(parts),
  functionUpdateSchedulingParams: functionUpdateSchedulingParams(parts),
  functionListVariants: functionListVariants(parts),
  functionCallFetch: functionCallFetch(parts),
  functionCallCount: functionCallCount(parts),
  functionGetTimeRangeStats: functionGetTimeRangeStats(parts),
  functionGetMetrics: functionGetMetrics(parts),
  metricsGetInfo: metricsGetInfo(),
  classCreate: classCreate(parts),
  classGet: classGet(parts),
});
