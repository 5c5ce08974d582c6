import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchSetting } from '../bench-setting.ts';
import { askSupervisor } from '../../supervisor/ask-supervisor.ts';
import { BareCaller } from '../grpc/bare-caller.ts';
import { startNodeProgram } from '../grpc/start-node-program.ts';
import { schedulerLogLength } from '../platform/scheduler-log.ts';
import { median } from '../report/percentile.ts';
import { withFunction } from './noop-function.ts';

const events = { quick: 20_000, full: 100_000 };
const kills = { quick: 2, full: 5 };
const inputsOfOneMap = 5_000;
/** A call whose request died with the scheduler is given up, and the next one is made. */
const deadlineMs = 500;
const retryMs = 20;
/** The supervisor waits longer before each restart of what has failed several times within this time. */
const settleMs = 15_000;

/** From kill -9 of the scheduler with a long log to the next call that succeeds, beside the same with the log as it was before. */
export const recover = async (setting: BenchSetting): Promise<void> => {
  const { home, environment, recorder, size, owned } = setting;
  if (!owned)
    throw new Error('recover kills the scheduler: it measures a platform of its own only, without --home');
  await withFunction(setting, { app: 'parked', containers: 2 }, async ({ functionId, containers }) => {
    const runtime = startNodeProgram(join(import.meta.dirname, '../grpc/bare-runtime.ts'), [
      functionId,
      ...containers.map(({ controlSocket }) => controlSocket),
    ]);
    const caller = new BareCaller(environment);
    try {
      await caller.callOnce(functionId);
      const shortLength = await schedulerLogLength(home);
      const short = await killOften(setting, caller, functionId);
      let length = await schedulerLogLength(home);
      while (length < events[size]) {
        recorder.note(`${length} of ${events[size]} events`);
        await caller.map(functionId, inputsOfOneMap);
        length = await schedulerLogLength(home);
      }
      const long = await killOften(setting, caller, functionId);
      recorder.keep('short', { events: shortLength, found: short });
      recorder.keep('long', { events: length, found: long });
      const name = `a log of ${shortLength} events`;
      for (const [metric, of] of [
        ['seconds', ({ nextCallSeconds }: Recovery) => nextCallSeconds],
        ['seconds_of_a_waiting_call', ({ waitingCallSeconds }: Recovery) => waitingCallSeconds],
      ] as const) {
        const [ours, theirs] = [long, short].map((found) => found.map(of).filter((one) => one !== undefined));
        if (ours!.length > 0 && theirs!.length > 0)
          recorder.measured(metric, median(ours!), 's', { name, value: median(theirs!) });
      }
      const failed = (found: readonly Recovery[]): number =>
        found.filter(({ waitingCallSeconds }) => waitingCallSeconds === undefined).length;
      recorder.measured('waiting_calls_failed', failed(long), 'calls', { name, value: failed(short) });
      recorder.measured('events', length, 'events', { name, value: shortLength });
    } finally {
      caller.close();
      await runtime.end();
    }
  });
};

/** `waitingCallSeconds`: undefined where the call failed. */
type Recovery = Readonly<{ nextCallSeconds: number; waitingCallSeconds: number | undefined }>;

const killOften = async (
  setting: BenchSetting,
  caller: BareCaller,
  functionId: string,
): Promise<readonly Recovery[]> => {
  const found: Recovery[] = [];
  for (let kill = 1; kill <= kills[setting.size]; kill += 1) {
    setting.recorder.note(`kill ${kill}`);
    found.push(await killOnce(setting, caller, functionId));
    await sleep(settleMs);
  }
  return found;
};

const killOnce = async (
  { home }: BenchSetting,
  caller: BareCaller,
  functionId: string,
): Promise<Recovery> => {
  const state = await askSupervisor(home.folder, { command: 'status' });
  const pid = state?.processes.find(({ name }) => name === 'scheduler')?.pid;
  if (!pid) throw new Error('the scheduler does not run');
  process.kill(pid, 'SIGKILL');
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const next = async (): Promise<number> => {
    for (;;) {
      try {
        await caller.callOnce(functionId, deadlineMs);
        return seconds();
      } catch {
        await sleep(retryMs);
      }
    }
  };
  // What a user feels who calls at the worst moment, and does not try again.
  const waiting = caller.callOnce(functionId).then(seconds, () => undefined);
  const [nextCallSeconds, waitingCallSeconds] = await Promise.all([next(), waiting]);
  return { nextCallSeconds, waitingCallSeconds };
};
