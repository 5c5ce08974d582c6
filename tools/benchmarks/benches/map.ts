import type { BenchSetting } from '../bench-setting.ts';
import { runPython } from '../client/run-program.ts';
import { median } from '../report/percentile.ts';
import { besideNullServer } from './beside-null-server.ts';
import { besideRay } from './beside-ray.ts';
import { reportTimes } from './report-times.ts';
import { rounds } from './rounds.ts';

// Of one round.
const counts = { quick: { warmUps: 200, inputs: 2_000 }, full: { warmUps: 1_000, inputs: 10_000 } };
const containers = 4;
const perInput = 'ms per input';

type Mapped = Readonly<{ seconds: number; clientCpuMs: number }>;

/** A map over no-op inputs: by the real client beside a null server, and bare at both ends beside Ray. */
export const map = async (setting: BenchSetting): Promise<void> => {
  await realClient(setting);
  await barePath(setting);
};

const realClient = async (setting: BenchSetting): Promise<void> => {
  const { recorder, size } = setting;
  const { warmUps, inputs } = counts[size];
  const { ours, theirs, used } = await besideNullServer(setting, containers, (server) =>
    runPython<Mapped>('map_inputs.py', [warmUps, inputs], server),
  );
  recorder.keep('map', ours);
  recorder.keep('nullServer', theirs);
  const perSecond = (found: readonly Mapped[]) => inputs / median(found.map(({ seconds }) => seconds));
  recorder.measured(
    'inputs_per_second',
    perSecond(ours),
    'inputs/s',
    theirs[0] && { name: theirs[0].name, value: perSecond(theirs[0].found) },
  );
  reportTimes(recorder, '', used, { pieces: (warmUps + inputs) * rounds[size], unit: perInput });
  recorder.measured('cpu_ms_client', median(ours.map(({ clientCpuMs }) => clientCpuMs)), perInput);
};

const barePath = async (setting: BenchSetting): Promise<void> => {
  const { recorder, size } = setting;
  const { warmUps, inputs } = counts[size];
  const plan = {
    containers,
    ray: { warmUps, calls: 0, inputs },
    warmUp: ({ caller, functionId }) => caller.map(functionId, warmUps),
  } satisfies Parameters<typeof besideRay>[1];
  const { ours, theirs, used } = await besideRay(setting, plan, async ({ caller, functionId }) => {
    const began = performance.now();
    await caller.map(functionId, inputs);
    return { seconds: (performance.now() - began) / 1000 };
  });
  recorder.keep('path', ours);
  recorder.keep('ray', theirs);
  const raySeconds = theirs.flatMap(({ found }) => found.flatMap(({ seconds }) => seconds ?? []));
  recorder.measured(
    'path_inputs_per_second',
    inputs / median(ours.map(({ seconds }) => seconds)),
    'inputs/s',
    raySeconds.length === 0 ? undefined : { name: 'Ray', value: inputs / median(raySeconds) },
  );
  reportTimes(recorder, 'path_', used, { pieces: inputs * rounds[size], unit: perInput });
};
