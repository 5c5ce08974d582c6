import type { ProcessSpec, Tier } from './process-spec.ts';

const stopping: readonly Tier[] = ['worker', 'service', 'infrastructure'];

/** Groups of processes to stop one after the other, so that nothing loses what it still writes to. */
export const stopOrder = <T extends Pick<ProcessSpec, 'tier'>>(processes: readonly T[]): T[][] =>
  stopping
    .map((tier) => processes.filter((process) => process.tier === tier))
    .filter((group) => group.length > 0);
