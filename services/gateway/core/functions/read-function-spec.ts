import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import type { FunctionSpec, GpuNeed } from '@slipway/contracts';
import { refuseBucketMounts, type BucketMountRequest } from './refuse-bucket-mounts.js';
import { readAutoscaler, type AutoscalerRequest } from './read-autoscaler.js';
import { readPlacement, type PlacementRequest } from './read-placement.js';
import { readResources, type ResourceRequest } from './read-resources.js';
import { readSchedule, type ScheduleRequest } from './read-schedule.js';
import { refuseUnservedFunctions, type UnservedFunctionRequest } from './refuse-unserved-functions.js';
import { readRetryPolicy, type RetryRequest } from './read-retry-policy.js';
import { readVolumeMounts, type VolumeMountRequest } from './read-volume-mounts.js';
import { readWebEndpoints, type WebRequest } from './read-web-endpoint.js';
import { startupTimeoutMs } from './startup-timeout.js';

/** The fields of a client's function definition that matter for running it; 0 and '' mean "not said". */
export type FunctionRequest = Readonly<{
  functionName: string;
  imageId: string;
  mountIds: readonly string[];
  secretIds: readonly string[];
  volumeMounts?: readonly VolumeMountRequest[];
  cloudBucketMounts?: readonly BucketMountRequest[];
  resources?: ResourceRequest | undefined;
  retryPolicy?: RetryRequest | undefined;
  timeoutSecs: number;
  startupTimeoutSecs: number;
  autoscalerSettings?: AutoscalerRequest | undefined;
  /** Four older names of the autoscaler's settings. */
  warmPoolSize: number;
  concurrencyLimit: number;
  ExperimentalBufferContainers: number;
  taskIdleTimeoutSecs: number;
  maxConcurrentInputs: number;
  targetConcurrentInputs: number;
  batchMaxSize: number;
  batchLingerMs: number;
  blockNetwork: boolean;
  /** The client's `restrict_modal_access`. */
  untrusted?: boolean;
  singleUseContainers: boolean;
  maxInputs: number;
  isBuilderFunction: boolean;
  /** Whether it is of a class with typed parameters. */
  isParametrized?: boolean;
  schedule?: Readonly<{ scheduleOneof?: ScheduleRequest | undefined }> | undefined;
}> &
  UnservedFunctionRequest &
  PlacementRequest &
  WebRequest;

const DEFAULT_TIMEOUT_SECONDS = 300;
/** It stands in each usage fact and each assignment of a container. */
const MOST_NAME_CHARACTERS = 512;
/** A server function without a limit of its own takes all that comes; this many at once is beyond what one container serves. */
const SERVER_REQUESTS = 10_000;

const olderAutoscaler = (request: FunctionRequest): AutoscalerRequest => ({
  minContainers: request.warmPoolSize || undefined,
  maxContainers: request.concurrencyLimit || undefined,
  bufferContainers: request.ExperimentalBufferContainers || undefined,
  scaledownWindow: request.taskIdleTimeoutSecs || undefined,
});

/**
 * What the scheduler and the worker must know of a function, from its definition.
 * Several definitions differ only in their machine and stand in the order of preference.
 */
export const readFunctionSpec = (
  ranked: readonly [FunctionRequest, ...FunctionRequest[]],
): FunctionSpec | Refusal => {
  const [first] = ranked;
  if (first.functionName === '')
    return refuse(
      'invalid',
      'function-name-missing',
      'function.function_name is empty; a function needs a name.',
    );
  if (first.functionName.length > MOST_NAME_CHARACTERS)
    return refuse(
      'invalid',
      'function-name-too-long',
      `function.function_name has ${first.functionName.length} characters, but may have at most ${MOST_NAME_CHARACTERS}.`,
    );
  if (first.imageId === '')
    return refuse(
      'invalid',
      'image-missing',
      `Function '${first.functionName}' names no image; give it image=modal.Image.debian_slim() or another.`,
    );
  const unserved = refuseUnservedFunctions(first);
  if (unserved !== undefined) return unserved;
  const buckets = refuseBucketMounts(first.functionName, first.cloudBucketMounts);
  if (buckets !== undefined) return buckets;
  const gpus: GpuNeed[] = [];
  for (const { resources } of ranked) {
    const read = readResources(resources);
    if (isRefusal(read)) return read;
    gpus.push(...read.gpus);
  }
  const resources = readResources(first.resources);
  if (isRefusal(resources)) return resources;
  const placement = readPlacement(first);
  if (isRefusal(placement)) return placement;
  const schedule = readSchedule(first.functionName, first.schedule?.scheduleOneof);
  if (isRefusal(schedule)) return schedule;
  const volumes = readVolumeMounts(first.volumeMounts ?? []);
  if (isRefusal(volumes)) return volumes;
  const maxConcurrentInputs = first.maxConcurrentInputs || (first.isServer ? SERVER_REQUESTS : 1);
  const targetConcurrentInputs =
    Math.ceil(first.autoscalerSettings?.targetConcurrencyFloat ?? 0) || first.targetConcurrentInputs;
  const timeoutSeconds = first.timeoutSecs || DEFAULT_TIMEOUT_SECONDS;
  return {
    tag: first.functionName,
    imageId: first.imageId,
    mountIds: first.mountIds,
    secretIds: first.secretIds,
    ...(volumes.length > 0 ? { volumes } : {}),
    resources: { ...resources, gpus },
    ...placement,
    ...(first.retryPolicy?.retries ? { retryPolicy: readRetryPolicy(first.retryPolicy) } : {}),
    timeoutMs: timeoutSeconds * 1000,
    startupTimeoutMs: startupTimeoutMs(first.startupTimeoutSecs, timeoutSeconds),
    autoscaler: readAutoscaler(first.autoscalerSettings ?? {}, readAutoscaler(olderAutoscaler(first))),
    maxConcurrentInputs,
    targetConcurrentInputs: Math.min(targetConcurrentInputs || maxConcurrentInputs, maxConcurrentInputs),
    ...(first.batchMaxSize > 0
      ? { batch: { maxSize: first.batchMaxSize, lingerMs: first.batchLingerMs } }
      : {}),
    network: first.blockNetwork ? 'blocked' : 'open',
    ...(first.untrusted ? { apiAccess: 'none' as const } : {}),
    lifetime: first.singleUseContainers || first.maxInputs === 1 ? 'single-input' : 'reused',
    purpose: first.isBuilderFunction ? 'build' : 'serve',
    ...(schedule ? { schedule } : {}),
    ...(first.isParametrized ? { isParametrized: true as const } : {}),
    ...readWebEndpoints(first),
  };
};
