import { isRefusal, type Refusal } from '@slipway/kernel';
import type { FunctionOverrides, FunctionSpec } from '@slipway/contracts';
import { readAutoscaler } from './read-autoscaler.js';
import { readResources, type ResourceRequest } from './read-resources.js';
import { readRetryPolicy, type RetryRequest } from './read-retry-policy.js';
import { readVolumeMounts, type VolumeMountRequest } from './read-volume-mounts.js';

/** What a variant of a function changes; undefined means "as the base". */
export type OverrideRequest = Readonly<{
  secretIds: readonly string[];
  replaceSecretIds: boolean;
  volumeMounts?: readonly VolumeMountRequest[];
  replaceVolumeMounts?: boolean;
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
}>;

/** The overrides of a bound variant, complete values in place of the base's. */
export const readFunctionOverrides = (
  base: FunctionSpec,
  request: OverrideRequest | undefined,
): FunctionOverrides | Refusal => {
  if (request === undefined) return {};
  const resources = request.resources && readResources(request.resources, base.resources);
  if (isRefusal(resources)) return resources;
  const volumes = readVolumeMounts(request.volumeMounts ?? []);
  if (isRefusal(volumes)) return volumes;
  const retryPolicy = readRetryPolicy(request.retryPolicy);
  const autoscaler = readAutoscaler(
    {
      minContainers: request.warmPoolSize,
      maxContainers: request.concurrencyLimit,
      bufferContainers: request.bufferContainers,
      scaledownWindow: request.taskIdleTimeoutSecs,
    },
    base.autoscaler,
  );
  const maxConcurrentInputs = request.maxConcurrentInputs ?? base.maxConcurrentInputs;
  const sameAutoscaler = JSON.stringify(autoscaler) === JSON.stringify(base.autoscaler);
  return {
    ...(request.replaceSecretIds || request.secretIds.length > 0 ? { secretIds: request.secretIds } : {}),
    ...(request.replaceVolumeMounts || volumes.length > 0 ? { volumes } : {}),
    ...(resources ? { resources } : {}),
    ...(retryPolicy ? { retryPolicy } : {}),
    ...(request.timeoutSecs === undefined ? {} : { timeoutMs: request.timeoutSecs * 1000 }),
    ...(sameAutoscaler ? {} : { autoscaler }),
    ...(request.maxConcurrentInputs === undefined
      ? {}
      : {
          maxConcurrentInputs,
          targetConcurrentInputs: request.targetConcurrentInputs || maxConcurrentInputs,
        }),
    ...(request.batchMaxSize === undefined
      ? {}
      : { batch: { maxSize: request.batchMaxSize, lingerMs: request.batchLingerMs ?? 0 } }),
  };
};
