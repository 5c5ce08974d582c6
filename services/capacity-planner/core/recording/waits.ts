import { shapeOfDemandKey } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { MeteredStep } from '../demand/demand-meter.js';
import { SERIES_STEP_MS } from '../demand/demand-series.js';
import { weightOf } from '../simulation/weight.js';

/** GPUs, or slots of who needs none, times milliseconds. */
export type Waits = Readonly<{ wantedGpuMs: number; waitedGpuMs: number }>;

/**
 * What was wanted between two moments, and what of it no host had room for: of the steps in which the latter was metered alone, so that
 * one may be set against the other; undefined where there is none.
 */
export const waits = (steps: readonly MeteredStep[], from: Instant, until: Instant): Waits | undefined => {
  const metered = steps.flatMap(({ startsAt, containers, lacking }) =>
    startsAt >= from && startsAt < until && lacking !== undefined ? [{ containers, lacking }] : [],
  );
  if (metered.length === 0) return undefined;
  const sum = (of: readonly MeteredStep['containers'][]): number =>
    Math.round(of.reduce((total, containers) => total + gpusOf(containers) * SERIES_STEP_MS, 0));
  return {
    wantedGpuMs: sum(metered.map(({ containers }) => containers)),
    waitedGpuMs: sum(metered.map(({ lacking }) => lacking)),
  };
};

const gpusOf = (containers: Readonly<Record<string, number>>): number =>
  Object.entries(containers).reduce((sum, [key, count]) => {
    const shape = shapeOfDemandKey(key);
    if (shape === undefined) return sum;
    const { gpusPerContainer, milliCpu, memoryMiB } = shape;
    const vcpusPerContainer = milliCpu / 1_000;
    return sum + count * weightOf({ gpusPerContainer, vcpusPerContainer, memoryMiBPerContainer: memoryMiB });
  }, 0);
