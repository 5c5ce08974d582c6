import { join } from 'node:path';
import { runLogged } from '../terminal/run-logged.ts';
import { checkoutFolder, homeAt } from '../platform/home.ts';
import { begunThings } from './begun-things.ts';
import { benches, type BenchName } from './benches/benches.ts';
import type { Bench, Size } from './bench-setting.ts';
import { readClientEnvironment } from './client/client-environment.ts';
import { startBenchPlatform, stopBenchPlatform, wipeBenchPlatform } from './platform/bench-platform.ts';
import { machineFacts } from './report/machine-facts.ts';
import { Recorder } from './report/recorder.ts';
import { resultTable } from './report/result-table.ts';

export type RunOptions = Readonly<{
  output: 'json' | 'table';
  size: Size;
  /** A platform that runs already. */
  home: string | undefined;
  build: boolean;
  keep: boolean;
  /** For benchmarks of billing. */
  facts: number | undefined;
  /** For the backtest. */
  trace: string | undefined;
  catalogue: string | undefined;
}>;

/** Brings a platform up where none is named, measures, prints and writes what was found. */
export const runBench = async (name: BenchName, options: RunOptions): Promise<void> => {
  const facts = await machineFacts(checkoutFolder);
  const recorder = new Recorder(name, (text) => console.error(`  ${text}`));
  const write = (): string =>
    recorder.write(join(checkoutFolder, 'bench-results'), { ...facts, size: options.size });
  try {
    await measure(benches[name], options, recorder);
  } catch (error) {
    if (recorder.isEmpty) throw error;
    recorder.keep('error', error instanceof Error ? error.message : String(error));
    console.error(`  what was found before it went wrong: ${write()}`);
    throw error;
  }
  const file = write();
  if (options.output === 'json') for (const line of recorder.measurements) console.log(JSON.stringify(line));
  else console.log(`\n${resultTable(recorder.measurements)}\n`);
  for (const { baseline, reason } of recorder.skipped) console.error(`  skipped: ${baseline}: ${reason}`);
  console.error(`  samples and facts: ${file}`);
};

const measure = async (bench: Bench, options: RunOptions, recorder: Recorder): Promise<void> => {
  if (bench.platform !== 'none') return runOnPlatform(bench, options, recorder);
  if (options.build) await build();
  const { size, facts, trace, catalogue } = options;
  await bench.run({ size, recorder, facts, trace, catalogue });
};

const build = (): Promise<unknown> =>
  runLogged('npm', ['run', 'build'], {
    log: join(homeAt('.slipway-bench').logs, 'build.log'),
    folder: checkoutFolder,
  });

const runOnPlatform = async (
  bench: Exclude<Bench, { platform: 'none' }>,
  options: RunOptions,
  recorder: Recorder,
): Promise<void> => {
  const owned = options.home === undefined;
  const home = homeAt(options.home ?? '.slipway-bench');
  const run = async (): Promise<void> => {
    const environment = await readClientEnvironment(home);
    await bench.run({ home, owned, size: options.size, environment, recorder });
  };
  if (!owned) return run();
  const stop = async (): Promise<void> => {
    if (!options.keep || begunThings.isInterrupted) await stopBenchPlatform(home);
  };
  await begunThings.during(stop, async () => {
    if (bench.platform === 'fresh') await wipeBenchPlatform(home);
    await startBenchPlatform(home, options.build);
    await run();
  });
};
