import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchSetting } from '../bench-setting.ts';
import { deploy, stopApp } from '../client/deploy.ts';
import { runPython } from '../client/run-program.ts';
import type { CapturedContainer } from '../container/captured-container.ts';
import { OwnContainer, type Runtime } from '../container/own-container.ts';
import { findRuntimes } from '../container/runtimes.ts';
import { readStartPhases } from '../platform/start-phases.ts';
import { median, percentile } from '../report/percentile.ts';
import { withFunction } from './noop-function.ts';

const counts = { quick: { warmUps: 2, calls: 10 }, full: { warmUps: 5, calls: 60 } };
/** For the container of the call before to be taken away. */
const pauseSeconds = 1.5;
const coldApp = 'slipway-bench-cold';

type ColdCalls = Readonly<{ firstLineMs: readonly number[]; wholeMs: readonly number[] }>;

/** From a call to the first line of user code with no container warm, beside bare runtimes that import the same runtime. */
export const coldStart = async (setting: BenchSetting): Promise<void> => {
  const { home, environment, recorder, size } = setting;
  const { warmUps, calls } = counts[size];
  const runtimes = await findRuntimes(home);
  const floors = await withFunction(setting, { app: 'noop', containers: 1 }, async ({ containers }) => {
    const found: { name: string; samplesMs: readonly number[] }[] = [];
    for (const runtime of [runtimes.runsc, runtimes.runc]) {
      recorder.note(`bare ${runtime.name}`);
      const samplesMs = await recorder.orSkipped(`bare ${runtime.name}`, () =>
        bareStarts(containers[0]!, runtime, join(home.folder, 'bench'), warmUps + calls),
      );
      recorder.keep(runtime.name, samplesMs);
      if (samplesMs) found.push({ name: `bare ${runtime.name}`, samplesMs: samplesMs.slice(warmUps) });
    }
    return found;
  });
  recorder.note(`${coldApp}: ${calls} cold calls`);
  await deploy(environment, 'cold_app.py', 1);
  try {
    await runPython<ColdCalls>('cold_start.py', [warmUps, pauseSeconds], environment);
    const beganAt = Date.now();
    const cold = await runPython<ColdCalls>('cold_start.py', [calls, pauseSeconds], environment);
    const phases = await readStartPhases(environment, beganAt);
    recorder.keep('cold', cold);
    recorder.keep('phases', phases);
    const baselines = floors.length > 0 ? floors : [undefined];
    for (const [metric, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const)
      for (const floor of baselines)
        recorder.measured(
          metric,
          percentile(cold.firstLineMs, share),
          'ms',
          floor && { name: floor.name, value: percentile(floor.samplesMs, share) },
        );
    recorder.measured('whole_call_p50', median(cold.wholeMs), 'ms');
    const names = [...new Set(phases.flatMap((task) => Object.keys(task)))];
    for (const name of names) {
      const samples = phases.flatMap((task) => task[name] ?? []);
      recorder.measured(`until_${name}_p50`, median(samples), 'ms');
    }
  } finally {
    await stopApp(environment, coldApp);
  }
};

const bareStarts = async (
  captured: CapturedContainer,
  runtime: Runtime,
  scratch: string,
  starts: number,
): Promise<readonly number[]> => {
  mkdirSync(scratch, { recursive: true });
  const [python] = captured.config.process.args;
  const args = [python!, '-c', 'import modal._container_entrypoint; print(1, flush=True)'];
  const samples: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const container = new OwnContainer(captured, { runtime, folder: join(scratch, 'bare'), args });
    try {
      await container.prepare();
      samples.push(await container.startUntilFirstOutput());
    } finally {
      await container.remove();
    }
  }
  return samples;
};
