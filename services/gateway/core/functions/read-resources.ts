import { isRefusal, type Refusal } from '@slipway/kernel';
import type { Resources } from '@slipway/contracts';
import { readGpu, type GpuRequest } from './read-gpu.js';

/** A client's wish for resources; 0 means "not said". */
export type ResourceRequest = Readonly<{
  memoryMb: number;
  milliCpu: number;
  memoryMbMax: number;
  ephemeralDiskMb: number;
  milliCpuMax: number;
  gpuConfig?: GpuRequest | undefined;
}>;

const DEFAULT_RESOURCES: Resources = { milliCpu: 125, memoryMiB: 128, gpus: [] };

/** Only what was said; memory is in MiB in spite of the field's name. */
export const readResourceChanges = (request: ResourceRequest | undefined): Partial<Resources> | Refusal => {
  if (request === undefined) return {};
  const gpu = readGpu(request.gpuConfig);
  if (isRefusal(gpu)) return gpu;
  return {
    ...(request.milliCpu ? { milliCpu: request.milliCpu } : {}),
    ...(request.milliCpuMax ? { milliCpuLimit: request.milliCpuMax } : {}),
    ...(request.memoryMb ? { memoryMiB: request.memoryMb } : {}),
    ...(request.memoryMbMax ? { memoryLimitMiB: request.memoryMbMax } : {}),
    ...(request.ephemeralDiskMb ? { ephemeralDiskMiB: request.ephemeralDiskMb } : {}),
    ...(gpu ? { gpus: [gpu] } : {}),
  };
};

export const readResources = (request: ResourceRequest | undefined): Resources | Refusal => {
  const said = readResourceChanges(request);
  return isRefusal(said) ? said : { ...DEFAULT_RESOURCES, ...said };
};
