import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { begunThings } from '../begun-things.ts';
import type { BenchSetting } from '../bench-setting.ts';
import { endProgram } from '../client/end-program.ts';
import { importOnly, type CapturedContainer } from '../container/captured-container.ts';
import { OwnContainer, type Runtime } from '../container/own-container.ts';
import { findRuntimes } from '../container/runtimes.ts';
import { programPath } from '../client/run-program.ts';
import { withFunction } from './noop-function.ts';

const counts = { quick: 20, full: 100 };
const longestMs = 480_000;

/** Containers of one function, all at once, beside as many bare starts of the same interpreter and client runtime. */
export const burst = async (setting: BenchSetting): Promise<void> => {
  const { home, recorder, size } = setting;
  const count = counts[size];
  const { runsc } = await findRuntimes(home);
  const bare = await withFunction(setting, { app: 'noop', containers: 1 }, async ({ containers }) => {
    recorder.note(`${count} bare containers at once`);
    return recorder.orSkipped('bare runsc', () =>
      bareBurst(containers[0]!, runsc, join(home.data, 'bench'), count),
    );
  });
  recorder.note(`${count} containers of one function at once`);
  const startedMs = await ourBurst(setting, count);
  recorder.keep('bareMs', bare);
  recorder.keep('oursMs', startedMs);
  recorder.measured(
    'seconds',
    Math.max(...startedMs) / 1000,
    's',
    bare && { name: 'bare runsc', value: Math.max(...bare) / 1000 },
  );
};

/** Milliseconds from the map's begin to the moment at which each container ran user code. */
const ourBurst = async ({ environment }: BenchSetting, count: number): Promise<readonly number[]> => {
  const words = ['run', programPath('burst_app.py'), '--count', String(count)];
  let client: ChildProcess | undefined;
  return begunThings.during(
    async () => client && endProgram(client),
    () => {
      client = spawn('modal', words, {
        env: { ...environment, PYTHONUNBUFFERED: '1' },
        stdio: ['ignore', 'pipe', 'ignore'],
        detached: true,
      });
      return startsToldBy(client, count);
    },
  );
};

const startsToldBy = async (client: ChildProcess, count: number): Promise<readonly number[]> => {
  const timer = setTimeout(() => void endProgram(client), longestMs);
  let beganAt = Number.NaN;
  const samples: number[] = [];
  for await (const line of createInterface({ input: client.stdout! })) {
    const [, what, seconds] = /(begins|runs) ([\d.]+)/.exec(line) ?? [];
    if (what === 'begins') beganAt = Number(seconds);
    else if (what === 'runs') samples.push((Number(seconds) - beganAt) * 1000);
    if (samples.length === count) break;
  }
  clearTimeout(timer);
  client.stdout!.resume();
  if (samples.length < count)
    throw new Error(`${samples.length} of ${count} containers ran within ${longestMs / 1000} s`);
  return samples;
};

const bareBurst = async (
  captured: CapturedContainer,
  runtime: Runtime,
  scratch: string,
  count: number,
): Promise<readonly number[]> => {
  const args = importOnly(captured, 'time.sleep(1800)');
  const containers = Array.from(
    { length: count },
    (_, number) => new OwnContainer(captured, { runtime, folder: join(scratch, `burst-${number}`), args }),
  );
  try {
    for (const container of containers) await container.prepare();
    const began = performance.now();
    return await Promise.all(
      containers.map(async (container) => {
        await container.startUntilFirstOutput();
        return performance.now() - began;
      }),
    );
  } finally {
    for (const container of containers) await container.remove();
  }
};
