import { loadavg } from 'node:os';
import type { StandaloneSetting } from '../bench-setting.ts';
import type { Baseline } from '../report/measurement.ts';
import { median } from '../report/percentile.ts';
import type { NativeHighs, NativeSolve } from './native-highs.ts';
import type { Planned } from './planner-sizes.ts';
import { solveAsPlanned, type SolvedAlone } from './solve-alone.ts';

type Recorder = StandaloneSetting['recorder'];

export type Beside = Readonly<{
  recorder: Recorder;
  native: NativeHighs | undefined;
  times: number;
  limitMs: number;
}>;

/** Time to a gap, in turns with the native library on the identical program. A time counts only where the gap was reached in it. */
export const besideNative = async (
  { recorder, native, times, limitMs }: Beside,
  metric: string,
  planned: Planned,
  relativeGap: number,
): Promise<void> => {
  const ours: SolvedAlone[] = [];
  const theirs: NativeSolve[] = [];
  const machine: Readonly<{ cpuSeconds: number; load: number }>[] = [];
  for (let round = 0; round < times; round++) {
    const cpuBefore = process.cpuUsage();
    const found = await solveAsPlanned(planned, { relativeGap, timeLimitMs: limitMs });
    const { user, system } = process.cpuUsage(cpuBefore);
    const [cpuSeconds, load] = [(user + system) / 1e6, loadavg()[0]!];
    ours.push(found);
    machine.push({ cpuSeconds, load });
    recorder.note(
      `${metric}: ${found.seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor), ` +
        `gap ${found.gap.toFixed(5)}, ${found.result.status}; the machine's load is ${load.toFixed(1)}`,
    );
    if (native) theirs.push(await native.solve(planned.built.program, relativeGap, limitMs));
  }
  recorder.keep(metric, {
    ours: ours.map(({ seconds, gap, result }, round) => ({
      ...{ seconds, gap, status: result.status },
      ...machine[round],
    })),
    theirs,
  });
  const name = 'HiGHS native (scipy)';
  if (theirs.some((solve) => !solve.reached))
    recorder.note(`${metric}: ${name} did not reach the gap in time`);
  measureReached(
    recorder,
    metric,
    ours,
    theirs.length > 0 && theirs.every(({ reached }) => reached)
      ? { name, value: median(theirs.map(({ seconds }) => seconds)) }
      : undefined,
  );
};

/** The median of the seconds; where the gap was not always reached, how often it was not, in place of a time. */
export const measureReached = (
  recorder: Recorder,
  metric: string,
  solves: readonly SolvedAlone[],
  baseline?: Baseline,
): void => {
  const missed = solves.filter(({ result }) => !REACHED.has(result.status)).length;
  if (missed > 0) recorder.measured(`${metric}_not_reached`, missed, 'solves');
  else recorder.measured(metric, median(solves.map(({ seconds }) => seconds)), 's', baseline);
};

const REACHED: ReadonlySet<string> = new Set(['optimal', 'gap-reached']);
