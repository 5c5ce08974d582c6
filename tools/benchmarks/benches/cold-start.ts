import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { alternate } from '../alternate.ts';
import type { BenchSetting } from '../bench-setting.ts';
import { whileDeployed } from '../client/deploy.ts';
import { runPython } from '../client/run-program.ts';
import { importOnly, type CapturedContainer } from '../container/captured-container.ts';
import { OwnContainer, type Runtime } from '../container/own-container.ts';
import { findRuntimes } from '../container/runtimes.ts';
import { findFunction } from '../grpc/bare-caller.ts';
import { readStartPhases } from '../platform/start-phases.ts';
import { median, noteOnP99, P50_AND_P99, percentile } from '../report/percentile.ts';
import { withFunction } from './noop-function.ts';

const rounds = { quick: 2, full: 20 };
const startsOfOneRound = 5;
/** For the container of the call before to be taken away. */
const pauseSeconds = 1.5;
const coldApp = { file: 'cold_app.py', name: 'slipway-bench-cold', containers: 1 };

type ColdCalls = Readonly<{ firstLineMs: readonly number[]; wholeMs: readonly number[] }>;

/** From a call to the first line of user code with no container warm, beside bare runtimes that import the same runtime. */
export const coldStart = async (setting: BenchSetting): Promise<void> => {
  const { home, environment, recorder, size } = setting;
  const { runsc, runc } = await findRuntimes(home);
  // A second start of the same image finds its compiled files: ours and the bare ones then start from the same root.
  await withFunction(setting, { app: 'noop', containers: 1 }, () => Promise.resolve());
  await withFunction(setting, { app: 'noop', containers: 1 }, async ({ containers: [captured] }) => {
    const bare = (runtime: Runtime) => ({
      name: `bare ${runtime.name}`,
      measure: () => bareStarts(captured!, runtime, join(home.data, 'bench')),
    });
    const call = () => runPython<ColdCalls>('cold_start.py', [startsOfOneRound, pauseSeconds], environment);
    await whileDeployed(environment, coldApp, async () => {
      await call();
      const beganAt = Date.now();
      const { ours, theirs } = await alternate(recorder, rounds[size], call, [bare(runsc), bare(runc)]);
      recorder.keep('cold', ours);
      recorder.keep('bare', theirs);
      reportFirstLine(
        setting,
        ours.flatMap(({ firstLineMs }) => firstLineMs),
        theirs.map(({ name, found }) => ({ name, samplesMs: found.flat() })),
      );
      recorder.measured('whole_call_p50', median(ours.flatMap(({ wholeMs }) => wholeMs)), 'ms');
      await reportPhases(setting, beganAt);
    });
  });
};

const reportFirstLine = (
  { recorder }: BenchSetting,
  firstLineMs: readonly number[],
  floors: readonly Readonly<{ name: string; samplesMs: readonly number[] }>[],
): void => {
  const counts = [firstLineMs, ...floors.map(({ samplesMs }) => samplesMs)].map(({ length }) => length);
  const note = noteOnP99(counts);
  if (note !== undefined) recorder.note(note);
  for (const [metric, share] of P50_AND_P99) {
    const value = percentile(firstLineMs, share);
    if (floors.length === 0) recorder.measured(metric, value, 'ms');
    for (const { name, samplesMs } of floors)
      recorder.measured(metric, value, 'ms', { name, value: percentile(samplesMs, share) });
  }
};

/** The waterfall of the starts as their worker recorded it: medians of the time from the assignment to each phase's end. */
const reportPhases = async ({ environment, recorder }: BenchSetting, sinceMs: number): Promise<void> => {
  const { handleMetadata } = await findFunction(environment, coldApp.name, 'started_at');
  const tasks = await readStartPhases(environment, handleMetadata?.appId ?? '', sinceMs);
  recorder.keep('phases', tasks);
  const names = [...new Set(tasks.flatMap((task) => Object.keys(task)))];
  const ends = names.map((name) => ({ name, endMs: median(tasks.flatMap((task) => task[name] ?? [])) }));
  for (const { name, endMs } of ends.toSorted((a, b) => a.endMs - b.endMs))
    recorder.measured(`until_${name}_p50`, endMs, 'ms');
};

const bareStarts = async (
  captured: CapturedContainer,
  runtime: Runtime,
  scratch: string,
): Promise<readonly number[]> => {
  mkdirSync(scratch, { recursive: true });
  const samples: number[] = [];
  for (let start = 0; start < startsOfOneRound; start += 1) {
    const container = new OwnContainer(captured, {
      runtime,
      folder: join(scratch, 'bare'),
      args: importOnly(captured),
    });
    try {
      await container.prepare();
      samples.push(await container.startUntilFirstOutput());
    } finally {
      await container.remove();
    }
  }
  return samples;
};
