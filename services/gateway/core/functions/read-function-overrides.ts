import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import type { FunctionOverrides } from '@slipway/contracts';
import { readAutoscalerChanges } from './read-autoscaler.js';
import { readPins, type PinRequest } from './read-placement.js';
import { readResourceChanges, type ResourceRequest } from './read-resources.js';
import { refuseBucketMounts, type BucketMountRequest } from './refuse-bucket-mounts.js';
import { readRetryPolicy, type RetryRequest } from './read-retry-policy.js';
import { readVolumeMounts, type VolumeMountRequest } from './read-volume-mounts.js';

/** What a variant of a function changes; undefined means "as the base". */
export type OverrideRequest = Readonly<{
  secretIds: readonly string[];
  replaceSecretIds: boolean;
  volumeMounts?: readonly VolumeMountRequest[];
  replaceVolumeMounts?: boolean;
  cloudBucketMounts?: readonly BucketMountRequest[];
  resources?: ResourceRequest | undefined;
  retryPolicy?: RetryRequest | undefined;
  concurrencyLimit?: number | undefined;
  timeoutSecs?: number | undefined;
  taskIdleTimeoutSecs?: number | undefined;
  warmPoolSize?: number | undefined;
  bufferContainers?: number | undefined;
  targetConcurrentInputs?: number | undefined;
  maxConcurrentInputs?: number | undefined;
  batchMaxSize?: number | undefined;
  batchLingerMs?: number | undefined;
  mountIds?: readonly string[];
  routingRegion?: string | undefined;
}> &
  PinRequest;

/** What the variant says of itself, and no more: the scheduler lays it over whatever the function's current definition has. */
export const readFunctionOverrides = (
  tag: string,
  request: OverrideRequest | undefined,
): FunctionOverrides | Refusal => {
  if (request === undefined) return {};
  const unserved = refuseUnserved(tag, request) ?? refuseBucketMounts(tag, request.cloudBucketMounts);
  if (unserved) return unserved;
  const resources = readResourceChanges(request.resources);
  if (isRefusal(resources)) return resources;
  const placement = readPins(tag, request);
  if (isRefusal(placement)) return placement;
  const volumes = readVolumeMounts(request.volumeMounts ?? []);
  if (isRefusal(volumes)) return volumes;
  const autoscaler = readAutoscalerChanges({
    minContainers: request.warmPoolSize,
    maxContainers: request.concurrencyLimit,
    bufferContainers: request.bufferContainers,
    scaledownWindow: request.taskIdleTimeoutSecs,
  });
  const { retryPolicy, timeoutSecs, batchMaxSize, batchLingerMs = 0 } = request;
  return {
    ...(request.replaceSecretIds || request.secretIds.length > 0 ? { secretIds: request.secretIds } : {}),
    ...(request.replaceVolumeMounts || volumes.length > 0 ? { volumes } : {}),
    ...(saysNothing(resources) ? {} : { resources }),
    ...(saysNothing(placement) ? {} : { placement }),
    ...(retryPolicy === undefined ? {} : { retryPolicy: readRetryPolicy(retryPolicy) }),
    ...(timeoutSecs === undefined ? {} : { timeoutMs: timeoutSecs * 1000 }),
    ...(saysNothing(autoscaler) ? {} : { autoscaler }),
    ...readConcurrency(request),
    ...(batchMaxSize === undefined ? {} : { batch: { maxSize: batchMaxSize, lingerMs: batchLingerMs } }),
  };
};

const saysNothing = (said: object): boolean => Object.keys(said).length === 0;

/** Who says how many inputs a container takes and no target means as many. */
const readConcurrency = ({ maxConcurrentInputs, targetConcurrentInputs }: OverrideRequest) => {
  const target = targetConcurrentInputs || maxConcurrentInputs;
  return {
    ...(maxConcurrentInputs === undefined ? {} : { maxConcurrentInputs }),
    ...(target === undefined ? {} : { targetConcurrentInputs: target }),
  };
};

const refuseUnserved = (
  tag: string,
  { mountIds = [], routingRegion }: OverrideRequest,
): Refusal | undefined => {
  if (mountIds.length > 0)
    return refuse(
      'unsupported',
      'variant-mounts',
      `A variant of '${tag}' has its function's mounts; leave mount_ids out of its options.`,
    );
  if (routingRegion)
    return refuse(
      'unsupported',
      'routing-region',
      `A variant of '${tag}' asks for routing_region='${routingRegion}', but this server routes every input itself; leave it out. region says where containers run.`,
    );
  return undefined;
};
