import type { AutoscalerSettings } from '@slipway/contracts';

/** A client's settings; what is undefined was not said. Times in seconds. */
export type AutoscalerRequest = Readonly<{
  minContainers?: number | undefined;
  maxContainers?: number | undefined;
  bufferContainers?: number | undefined;
  scaledownWindow?: number | undefined;
  scaleupWindow?: number | undefined;
  targetConcurrency?: number | undefined;
  /** How many inputs a container should have at once; servers say it here. */
  targetConcurrencyFloat?: number | undefined;
}>;

export const DEFAULT_AUTOSCALER: AutoscalerSettings = {
  minContainers: 0,
  maxContainers: 0,
  bufferContainers: 0,
  scaledownWindowMs: 60_000,
};

/** Only the settings that were said, in our units. */
export const readAutoscalerChanges = (request: AutoscalerRequest): Partial<AutoscalerSettings> => {
  const targetConcurrency = request.targetConcurrencyFloat ?? request.targetConcurrency;
  return {
    ...(request.minContainers === undefined ? {} : { minContainers: request.minContainers }),
    ...(request.maxContainers === undefined ? {} : { maxContainers: request.maxContainers }),
    ...(request.bufferContainers === undefined ? {} : { bufferContainers: request.bufferContainers }),
    ...(request.scaledownWindow === undefined ? {} : { scaledownWindowMs: request.scaledownWindow * 1000 }),
    ...(request.scaleupWindow === undefined ? {} : { scaleupWindowMs: request.scaleupWindow * 1000 }),
    ...(targetConcurrency === undefined ? {} : { targetConcurrency }),
  };
};

/** What is said replaces what `base` has. */
export const readAutoscaler = (
  request: AutoscalerRequest,
  base: AutoscalerSettings = DEFAULT_AUTOSCALER,
): AutoscalerSettings => ({ ...base, ...readAutoscalerChanges(request) });
