import { loadavg } from 'node:os';
import type { StandaloneSetting } from '../bench-setting.ts';
import { median } from '../report/percentile.ts';
import type { NativeHighs } from './native-highs.ts';
import type { Planned } from './planner-sizes.ts';
import { solveAsPlanned } from './solve-alone.ts';

type Recorder = StandaloneSetting['recorder'];

export type Beside = Readonly<{
  recorder: Recorder;
  native: NativeHighs | undefined;
  times: number;
  limitMs: number;
}>;

/** Time to a gap, in turns with the native library on the identical program. */
export const besideNative = async (
  { recorder, native, times, limitMs }: Beside,
  metric: string,
  planned: Planned,
  relativeGap: number,
): Promise<void> => {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < times; round++) {
    const cpuBefore = process.cpuUsage();
    const found = await solveAsPlanned(planned, { relativeGap, timeLimitMs: limitMs });
    const { user, system } = process.cpuUsage(cpuBefore);
    ours.push(found.seconds);
    recorder.note(
      `${metric}: ${found.seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of processor), ` +
        `gap ${found.gap.toFixed(5)}, ${found.result.status}; the machine's load is ${loadavg()[0]!.toFixed(1)}`,
    );
    if (native) theirs.push(await native.seconds(planned.built.program, relativeGap, limitMs));
  }
  recorder.keep(metric, { ours, theirs });
  recorder.measured(
    metric,
    median(ours),
    's',
    theirs.length > 0 ? { name: 'HiGHS native (scipy)', value: median(theirs) } : undefined,
  );
};
