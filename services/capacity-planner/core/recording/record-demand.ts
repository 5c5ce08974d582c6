import type { Instant } from '@slipway/kernel';
import type { MeteredStep } from '../demand/demand-meter.js';

/** Containers of each group from a moment on, told where they change. */
export type CountedDemand = Readonly<{ at: Instant; groupId: string; containers: number }>;

/** Metered steps as changes, in the order of time. What was wanted before a hole is taken to be wanted in it. */
export const recordDemand = (steps: readonly MeteredStep[]): readonly CountedDemand[] => {
  const levels = new Map<string, number>();
  return steps
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .flatMap(({ startsAt, containers }) => {
      const changed: CountedDemand[] = [];
      for (const groupId of new Set([...levels.keys(), ...Object.keys(containers)])) {
        const wanted = containers[groupId] ?? 0;
        if ((levels.get(groupId) ?? 0) === wanted) continue;
        levels.set(groupId, wanted);
        changed.push({ at: startsAt, groupId, containers: wanted });
      }
      return changed;
    });
};
