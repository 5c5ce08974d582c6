import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import type { FunctionSpec, SecretId } from '@slipway/contracts';
import { readPlacement, type PinRequest } from '../functions/read-placement.js';
import { readResources, type ResourceRequest } from '../functions/read-resources.js';
import { readVolumeMounts, type VolumeMountRequest } from '../functions/read-volume-mounts.js';
import { refuseUnserved, type UnservedRequest } from './refuse-unserved.js';

/** What a client wants of a sandbox; 0 and '' mean "not said". */
export type SandboxRequest = UnservedRequest &
  PinRequest &
  Readonly<{
    entrypointArgs: readonly string[];
    imageId: string;
    mountIds: readonly string[];
    resources?: ResourceRequest | undefined;
    timeoutSecs: number;
    workdir?: string | undefined;
    blockNetwork: boolean;
    volumeMounts: readonly VolumeMountRequest[];
    access: 'open' | 'blocked' | 'listed';
  }>;

const DEFAULT_TIMEOUT_SECONDS = 300;
/** A large image may take its time; the program's own time begins when it runs. */
const START_WITHIN_MS = 10 * 60_000;

/** A sandbox as the scheduler and the worker see it: one container for one run of one program. */
export const readSandboxSpec = (
  tag: string,
  request: SandboxRequest,
  secretIds: readonly SecretId[],
): FunctionSpec | Refusal => {
  if (request.imageId === '')
    return refuse(
      'invalid',
      'image-missing',
      'The sandbox names no image; give it image=modal.Image.debian_slim() or another.',
    );
  const unserved = refuseUnserved(request);
  if (unserved !== undefined) return unserved;
  const { cloudProviderStr, schedulerPlacement } = request;
  const placement = readPlacement({ cloudProviderStr, schedulerPlacement, functionName: tag });
  if (isRefusal(placement)) return placement;
  const resources = readResources(request.resources);
  if (isRefusal(resources)) return resources;
  const volumes = readVolumeMounts(request.volumeMounts);
  if (isRefusal(volumes)) return volumes;
  return {
    tag,
    imageId: request.imageId,
    mountIds: request.mountIds,
    secretIds,
    ...(volumes.length > 0 ? { volumes } : {}),
    resources,
    ...placement,
    timeoutMs: (request.timeoutSecs || DEFAULT_TIMEOUT_SECONDS) * 1000,
    startupTimeoutMs: START_WITHIN_MS,
    autoscaler: { minContainers: 0, maxContainers: 1, bufferContainers: 0, scaledownWindowMs: 60_000 },
    maxConcurrentInputs: 1,
    targetConcurrentInputs: 1,
    network: request.blockNetwork || request.access === 'blocked' ? 'blocked' : 'open',
    lifetime: 'single-input',
    purpose: 'sandbox',
    program: { args: request.entrypointArgs, ...(request.workdir ? { workdir: request.workdir } : {}) },
  };
};
