import type { ProcessTimes } from '../platform/process-times.ts';
import type { Recorder } from '../report/recorder.ts';

/** Processor time of each process for a piece of work, and of the platform's processes together. */
export const reportTimes = (
  recorder: Recorder,
  prefix: '' | 'path_',
  times: ProcessTimes,
  { pieces, unit }: Readonly<{ pieces: number; unit: string }>,
): void => {
  const { containers: _theirs, ...own } = times;
  const platform = Object.values(own).reduce((total, ms) => total + ms, 0);
  recorder.measured(`${prefix}cpu_ms`, platform / pieces, unit);
  for (const [name, ms] of Object.entries(times))
    recorder.measured(`${prefix}cpu_ms_${name}`, ms / pieces, unit);
};
