import { isDeepStrictEqual } from 'node:util';
import type { Plan, ProcessSpec } from './process-spec.ts';

export type PlanChange = Readonly<{ start: ProcessSpec[]; replace: ProcessSpec[]; stop: ProcessSpec[] }>;

/** What must happen to the processes of `running` so that those of `wanted` run. */
export const comparePlans = (running: Plan, wanted: Plan): PlanChange => {
  const now = new Map(running.processes.map((spec) => [spec.name, spec]));
  const names = new Set(wanted.processes.map(({ name }) => name));
  return {
    start: wanted.processes.filter(({ name }) => !now.has(name)),
    replace: wanted.processes.filter(
      (spec) => now.has(spec.name) && !isDeepStrictEqual(now.get(spec.name), spec),
    ),
    stop: running.processes.filter(({ name }) => !names.has(name)),
  };
};
