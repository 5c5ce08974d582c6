import { demandKeyOf, shapeOfDemandKey, withSizeClasses, type DemandShape } from '@slipway/contracts';
import { gpuFact } from '../../catalogue/gpu-facts.js';
import type { WaitClass } from '../../demand/demand-group.js';
import type { TraceGroup } from './trace.js';
import type { TraceFields } from './trace-fields.js';

const CLASSES: readonly WaitClass[] = ['interactive', 'batch', 'background'];
/** Who waits no longer than this is waited for by a person; up to an hour by a job; beyond it by nobody. */
const INTERACTIVE_WAIT_S = 60;
const BATCH_WAIT_S = 3_600;
/** The fields that a shape is read from. */
const NEEDS = [
  ...['gpus', 'gpu_types', 'vcpus', 'memory_gib', 'regions', 'vendors'],
  ...['spot', 'priority', 'class', 'max_wait_s'],
];

/** A group's shape as a `group` row says it, exactly as it stands there. */
export const readGroup = (fields: TraceFields): TraceGroup => {
  const groupId = fields.name('group');
  const floorContainers = fields.whole('floor_containers', 0, 100_000, 0);
  const home = readHome(fields);
  return { groupId, shape: readShape(fields), floorContainers, ...(home === undefined ? {} : { home }) };
};

/**
 * The group of a job: the one that it names, or all jobs that want the same, sizes rounded up to classes so that near ones are one
 * group. A job that says nothing of its needs has those of the group that it names, where these are said elsewhere.
 */
export const readGroupOfJob = (
  fields: TraceFields,
  groupNamed: (groupId: string) => TraceGroup | undefined,
): TraceGroup => {
  const named = fields.optionalName('group');
  const saysNeeds = NEEDS.map((need) => fields.has(need)).includes(true);
  const said = named === undefined || saysNeeds ? undefined : groupNamed(named);
  if (said !== undefined) return said;
  const shape = readShape(fields);
  if (named !== undefined) return { groupId: named, shape, floorContainers: 0 };
  const classed = withSizeClasses(shape);
  return { groupId: demandKeyOf(classed), shape: classed, floorContainers: 0 };
};

/** The group that a name stands for by itself: one that is a demand key says all. */
export const groupOfName = (groupId: string): TraceGroup | undefined => {
  const shape = shapeOfDemandKey(groupId);
  return shape && { groupId, shape, floorContainers: 0 };
};

const readShape = (fields: TraceFields): DemandShape => {
  const gpusPerContainer = fields.whole('gpus', 0, 16, 0);
  const gpuTypes = readGpuTypes(fields, gpusPerContainer);
  return {
    gpuTypes,
    gpusPerContainer: gpuTypes.length === 0 ? 0 : gpusPerContainer,
    milliCpu: Math.round(1_000 * fields.number('vcpus', 0, 2_048, 1)),
    memoryMiB: Math.round(1_024 * fields.number('memory_gib', 0, 32_768, 1)),
    regions: fields.names('regions').toSorted(),
    vendors: fields.names('vendors').toSorted(),
    spotTolerated: fields.oneOf('spot', ['tolerated', 'refused'], 'tolerated') === 'tolerated',
    latencyClass: readClass(fields),
    priority: fields.oneOf('priority', ['standard', 'high'], 'standard'),
  };
};

const readGpuTypes = (fields: TraceFields, gpus: number): readonly string[] => {
  const names = fields.names('gpu_types');
  if (gpus === 0 && names.length > 0) fields.refuse('gpus', '1 or more where gpu_types are named');
  if (gpus > 0 && names.length === 0)
    fields.refuse('gpu_types', 'given where gpus are wanted; any stands for all');
  const types = names.map((name) => (name === 'any' ? name : gpuFact(name)?.gpuType));
  if (types.includes(undefined)) fields.refuse('gpu_types', 'known GPUs (H100, A100-80GB, L4 …), or any');
  return [...new Set(types.flatMap((type) => type ?? []))];
};

const readClass = (fields: TraceFields): WaitClass => {
  const maxWaitS = fields.number('max_wait_s', 0, 31 * 86_400, undefined);
  const byWait =
    maxWaitS === undefined || (maxWaitS > INTERACTIVE_WAIT_S && maxWaitS <= BATCH_WAIT_S)
      ? 'batch'
      : maxWaitS <= INTERACTIVE_WAIT_S
        ? 'interactive'
        : 'background';
  return fields.oneOf('class', CLASSES, byWait);
};

const readHome = (fields: TraceFields): TraceGroup['home'] => {
  const vendor = fields.optionalName('data_vendor');
  const region = fields.optionalName('data_region');
  const gibPerContainerHour = fields.number('data_gib_per_hour', 0, 1_000_000, 0);
  if (vendor === undefined && region === undefined) return undefined;
  if (vendor === undefined || region === undefined) {
    fields.refuse(vendor === undefined ? 'data_vendor' : 'data_region', 'given beside the other of the two');
    return undefined;
  }
  return { vendor, region, gibPerContainerHour };
};
