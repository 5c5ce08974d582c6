import type { FunctionOverrides, FunctionSpec, Resources } from '@slipway/contracts';

/** A function's current definition with what a variant says of itself laid over it, setting by setting. */
export const withOverrides = (definition: FunctionSpec, overrides: FunctionOverrides): FunctionSpec => {
  const { resources, autoscaler, placement, ...others } = overrides;
  const spec: FunctionSpec = { ...definition, ...others };
  return {
    ...spec,
    targetConcurrentInputs: Math.min(spec.targetConcurrentInputs, spec.maxConcurrentInputs),
    autoscaler: { ...definition.autoscaler, ...autoscaler },
    ...(resources === undefined ? {} : { resources: withResources(definition.resources, resources) }),
    ...(placement === undefined
      ? {}
      : { placement: { preemption: 'tolerated', ...definition.placement, ...placement } }),
  };
};

/** A limit below what is asked for is that of a definition which asks for less, and goes. */
const withResources = (defined: Resources, said: Partial<Resources>): Resources => {
  const { milliCpuLimit, memoryLimitMiB, ...asked } = { ...defined, ...said };
  return {
    ...asked,
    ...(milliCpuLimit === undefined || milliCpuLimit < asked.milliCpu ? {} : { milliCpuLimit }),
    ...(memoryLimitMiB === undefined || memoryLimitMiB < asked.memoryMiB ? {} : { memoryLimitMiB }),
  };
};
