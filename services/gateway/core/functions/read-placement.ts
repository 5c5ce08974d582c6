import type { FunctionSpec, LatencyClass, PlacementNeed } from '@slipway/contracts';
import { isRefusal, refuse, type Refusal } from '@slipway/kernel';

/** A client's wish for where; '' means "not said". */
export type PinRequest = Readonly<{
  cloudProviderStr?: string | undefined;
  schedulerPlacement?: Readonly<{ regions: readonly string[]; nonpreemptible: boolean }> | undefined;
}>;

/** A client's wish for where and how urgently. */
export type PlacementRequest = PinRequest &
  Readonly<{
    functionName: string;
    experimentalOptions?: Readonly<Record<string, string>> | undefined;
  }>;

type Placed = Pick<FunctionSpec, 'placement' | 'latencyClass' | 'priority'>;

const CLASSES: readonly LatencyClass[] = ['interactive', 'batch', 'background'];
/** Lower-case names without anything that a list or a key uses. */
const PLACE = /^[a-z0-9][a-z0-9-]{0,40}$/;

/** Only what was said; `auto` is a cloud that was said, and stands for every one. */
export const readPins = (
  functionName: string,
  { cloudProviderStr = '', schedulerPlacement }: PinRequest,
): Partial<PlacementNeed> | Refusal => {
  const regions = (schedulerPlacement?.regions ?? []).map((region) => region.toLowerCase());
  const vendors =
    cloudProviderStr === '' || cloudProviderStr === 'auto' ? [] : [cloudProviderStr.toLowerCase()];
  const wrong = [...regions, ...vendors].find((place) => !PLACE.test(place));
  if (wrong !== undefined)
    return refuse(
      'invalid',
      'placement-name',
      `Function '${functionName}' is pinned to '${wrong}'; a region or cloud is letters, digits and hyphens, such as us-east or aws.`,
    );
  return {
    ...(regions.length > 0 ? { regions } : {}),
    ...(cloudProviderStr === '' ? {} : { vendors }),
    ...(schedulerPlacement?.nonpreemptible === true ? { preemption: 'refused' } : {}),
  };
};

/** Pins and urgency of a function. Class and priority come by `experimental_options`, the one place that clients leave free. */
export const readPlacement = (request: PlacementRequest): Placed | Refusal => {
  const { functionName, experimentalOptions = {} } = request;
  const pins = readPins(functionName, request);
  if (isRefusal(pins)) return pins;
  const latencyClass = experimentalOptions['slipway_class'];
  if (latencyClass !== undefined && !CLASSES.includes(latencyClass as LatencyClass))
    return refuse(
      'invalid',
      'latency-class',
      `experimental_options of '${functionName}': slipway_class is '${latencyClass}'; it can be ${CLASSES.join(', ')}.`,
    );
  const priority = experimentalOptions['slipway_priority'];
  if (priority !== undefined && priority !== 'standard' && priority !== 'high')
    return refuse(
      'invalid',
      'priority',
      `experimental_options of '${functionName}': slipway_priority is '${priority}'; it can be standard or high.`,
    );
  const { regions, vendors = [], preemption } = pins;
  return {
    ...(regions !== undefined || vendors.length > 0 || preemption !== undefined
      ? {
          placement: {
            ...(regions === undefined ? {} : { regions }),
            ...(vendors.length > 0 ? { vendors } : {}),
            preemption: preemption ?? 'tolerated',
          },
        }
      : {}),
    ...(latencyClass === undefined ? {} : { latencyClass: latencyClass as LatencyClass }),
    ...(priority === undefined ? {} : { priority }),
  };
};
