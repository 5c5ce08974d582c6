import { shapeOfDemandKey } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { MeteredStep } from '../demand/demand-meter.js';
import { SERIES_STEP_MS } from '../demand/demand-series.js';
import { weightOf } from '../simulation/weight.js';

/** GPUs, or slots of who needs none, times milliseconds. */
export type Waits = Readonly<{ wantedGpuMs: number; waitedGpuMs: number }>;

/** What was wanted between two moments, and what of it no host had room for; undefined where that was not metered. */
export const waits = (steps: readonly MeteredStep[], from: Instant, until: Instant): Waits | undefined => {
  const within = steps.filter(({ startsAt }) => startsAt >= from && startsAt < until);
  if (!within.some(({ lacking }) => lacking !== undefined)) return undefined;
  const sum = (of: (step: MeteredStep) => MeteredStep['lacking']): number =>
    Math.round(within.reduce((total, step) => total + gpusOf(of(step) ?? {}) * SERIES_STEP_MS, 0));
  return { wantedGpuMs: sum(({ containers }) => containers), waitedGpuMs: sum(({ lacking }) => lacking) };
};

const gpusOf = (containers: Readonly<Record<string, number>>): number =>
  Object.entries(containers).reduce((sum, [key, count]) => {
    const shape = shapeOfDemandKey(key);
    if (shape === undefined) return sum;
    const { gpusPerContainer, milliCpu, memoryMiB } = shape;
    const vcpusPerContainer = milliCpu / 1_000;
    return sum + count * weightOf({ gpusPerContainer, vcpusPerContainer, memoryMiBPerContainer: memoryMiB });
  }, 0);
