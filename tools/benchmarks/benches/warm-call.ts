import type { BenchSetting } from '../bench-setting.ts';
import { runPython } from '../client/run-program.ts';
import { noteOnP99, P50_AND_P99, percentile } from '../report/percentile.ts';
import { besideNullServer } from './beside-null-server.ts';
import { besideRay } from './beside-ray.ts';
import { reportTimes } from './report-times.ts';
import { rounds } from './rounds.ts';

// Of one round.
const counts = { quick: { warmUps: 50, calls: 300 }, full: { warmUps: 100, calls: 1_500 } };
const perCall = 'ms per call';

type Samples = Readonly<{ samplesMs: readonly number[] }>;
type WarmCalls = Samples & Readonly<{ clientCpuMs: number }>;

/** Sequential no-op calls: by the real client beside a null server, and bare at both ends beside Ray. */
export const warmCall = async (setting: BenchSetting): Promise<void> => {
  await realClient(setting);
  await barePath(setting);
};

const realClient = async (setting: BenchSetting): Promise<void> => {
  const { recorder, size } = setting;
  const { warmUps, calls } = counts[size];
  const { ours, theirs, used } = await besideNullServer(setting, 1, (server) =>
    runPython<WarmCalls>('warm_call.py', [warmUps, calls], server),
  );
  recorder.keep('remote', ours);
  recorder.keep('nullServer', theirs);
  reportPercentiles(setting, '', ours, theirs[0]);
  reportTimes(recorder, '', used, { pieces: (warmUps + calls) * rounds[size], unit: perCall });
  const clientMs = ours.reduce((total, { clientCpuMs }) => total + clientCpuMs, 0) / ours.length;
  recorder.measured('cpu_ms_client', clientMs, perCall);
};

const barePath = async (setting: BenchSetting): Promise<void> => {
  const { recorder, size } = setting;
  const { warmUps, calls } = counts[size];
  const plan = {
    containers: 1,
    ray: { warmUps: warmUps * 4, calls, inputs: 0 },
    warmUp: async ({ caller, functionId }) => {
      for (let call = 0; call < warmUps * 4; call += 1) await caller.callOnce(functionId);
    },
  } satisfies Parameters<typeof besideRay>[1];
  const { ours, theirs, used } = await besideRay(setting, plan, async ({ caller, functionId }) => {
    const samplesMs: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      const began = performance.now();
      await caller.callOnce(functionId);
      samplesMs.push(performance.now() - began);
    }
    return { samplesMs };
  });
  recorder.keep('path', ours);
  recorder.keep('ray', theirs);
  reportPercentiles(setting, 'path_', ours, theirs[0]);
  reportTimes(recorder, 'path_', used, { pieces: calls * rounds[size], unit: perCall });
};

const reportPercentiles = (
  { recorder }: BenchSetting,
  prefix: '' | 'path_',
  ours: readonly Samples[],
  theirs: Readonly<{ name: string; found: readonly Samples[] }> | undefined,
): void => {
  const all = (found: readonly Samples[]) => found.flatMap(({ samplesMs }) => samplesMs);
  const [mine, others] = [all(ours), theirs && all(theirs.found)];
  const note = noteOnP99([mine, others ?? mine].map(({ length }) => length));
  if (note !== undefined) recorder.note(`${prefix}${note}`);
  for (const [metric, share] of P50_AND_P99) {
    const value = percentile(mine, share);
    const baseline = theirs && others && { name: theirs.name, value: percentile(others, share) };
    recorder.measured(`${prefix}${metric}`, value, 'ms', baseline);
  }
};
