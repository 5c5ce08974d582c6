import type { FunctionSpec } from './function-spec.js';
import type { LatencyClass } from './placement.js';

/** What all containers of a demand group have in common: whatever serves one of them serves each. */
export type DemandShape = Readonly<{
  /** Acceptable GPU types, best first; empty: none needed; `any`: all will do. */
  gpuTypes: readonly string[];
  gpusPerContainer: number;
  /** Rounded up to a class, so that near sizes are one group. */
  milliCpu: number;
  memoryMiB: number;
  regions: readonly string[];
  vendors: readonly string[];
  spotTolerated: boolean;
  latencyClass: LatencyClass;
  /** Who is served first where room is short. */
  priority: 'standard' | 'high';
}>;

type Demanding = Pick<
  FunctionSpec,
  'resources' | 'placement' | 'latencyClass' | 'priority' | 'schedule' | 'web' | 'webMethods' | 'purpose'
>;

/** The group that a function's containers belong to. Alternatives of another GPU count than the first are left to the scheduler. */
export const demandShapeOf = (spec: Demanding): DemandShape => {
  const { resources, placement } = spec;
  const gpusPerContainer = resources.gpus[0]?.count ?? 0;
  return withSizeClasses({
    gpuTypes: [
      ...new Set(resources.gpus.filter(({ count }) => count === gpusPerContainer).map(({ type }) => type)),
    ],
    gpusPerContainer,
    milliCpu: resources.milliCpu,
    memoryMiB: resources.memoryMiB,
    regions: (placement?.regions ?? []).toSorted(),
    vendors: (placement?.vendors ?? []).toSorted(),
    spotTolerated: placement?.preemption !== 'refused',
    latencyClass: spec.latencyClass ?? usualClass(spec),
    priority: spec.priority ?? 'standard',
  });
};

/** A shape with its sizes rounded up to classes, so that near sizes are one group. */
export const withSizeClasses = (shape: DemandShape): DemandShape => ({
  ...shape,
  milliCpu: sizeClass(shape.milliCpu, 125),
  memoryMiB: sizeClass(shape.memoryMiB, 128),
});

/** One text for each shape: the id of its group. */
export const demandKeyOf = (shape: DemandShape): string =>
  [
    `gpu:${shape.gpuTypes.join(',') || 'none'}x${shape.gpusPerContainer}`,
    `cpu:${shape.milliCpu}`,
    `mem:${shape.memoryMiB}`,
    ...(shape.regions.length > 0 ? [`region:${shape.regions.join(',')}`] : []),
    ...(shape.vendors.length > 0 ? [`vendor:${shape.vendors.join(',')}`] : []),
    ...(shape.spotTolerated ? [] : ['spot:no']),
    `class:${shape.latencyClass}`,
    ...(shape.priority === 'standard' ? [] : [`priority:${shape.priority}`]),
  ].join(' ');

/** The shape that a key stands for; undefined for a text that is none. */
export const shapeOfDemandKey = (key: string): DemandShape | undefined => {
  const parts = new Map(key.split(' ').map((part) => splitAt(part, part.indexOf(':'))));
  const [, types, count] = /^(.+)x(\d+)$/.exec(parts.get('gpu') ?? '') ?? [];
  const shape: DemandShape = {
    gpuTypes: types === undefined || types === 'none' ? [] : types.split(','),
    gpusPerContainer: Number(count),
    milliCpu: Number(parts.get('cpu')),
    memoryMiB: Number(parts.get('mem')),
    regions: parts.get('region')?.split(',') ?? [],
    vendors: parts.get('vendor')?.split(',') ?? [],
    spotTolerated: parts.get('spot') !== 'no',
    latencyClass: parts.get('class') as LatencyClass,
    priority: parts.get('priority') === 'high' ? 'high' : 'standard',
  };
  return demandKeyOf(shape) === key ? shape : undefined;
};

/** Half steps between powers of two: 1, 1.5, 2, 3, 4, 6 … times the smallest. */
const sizeClass = (size: number, smallest: number): number => {
  let step = smallest;
  while (step < size) step *= 2;
  return step > smallest && step * 0.75 >= size ? step * 0.75 : step;
};

const usualClass = ({ web, webMethods, schedule, purpose }: Demanding): LatencyClass => {
  if (web !== undefined || webMethods !== undefined || purpose === 'sandbox') return 'interactive';
  return schedule === undefined ? 'batch' : 'background';
};

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];
