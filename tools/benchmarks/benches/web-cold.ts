import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchSetting } from '../bench-setting.ts';
import { deploy, stopApp } from '../client/deploy.ts';
import { BareCaller } from '../grpc/bare-caller.ts';
import { median, percentile } from '../report/percentile.ts';
import { load } from '../web/load.ts';

const app = 'slipway-bench-web-cold';
const counts = { quick: 3, full: 12 };
/** The scale-down window, and the container's end. */
const untilZeroMs = 8_000;

/** The first request to an app that has no container, to its whole answer. */
export const webCold = async ({ environment, recorder, size }: BenchSetting): Promise<void> => {
  await deploy(environment, 'web_cold_app.py', 0);
  const caller = new BareCaller(environment);
  try {
    const { handleMetadata } = await caller.findFunction(app, 'cold');
    const { host } = new URL(handleMetadata?.webUrl ?? '');
    const port = Number(new URL(environment['MODAL_SERVER_URL'] ?? '').port);
    const first = async (): Promise<number> => {
      const began = performance.now();
      await load({ port, host }, { method: 'GET', path: '/' }, { connections: 1, seconds: 0.001 });
      return (performance.now() - began) / 1000;
    };
    await first();
    const samples: number[] = [];
    for (let start = 0; start < counts[size]; start += 1) {
      await sleep(untilZeroMs);
      samples.push(await first());
    }
    recorder.keep('cold', samples);
    recorder.measured('seconds', median(samples), 's');
    recorder.measured('seconds_p99', percentile(samples, 0.99), 's');
  } finally {
    caller.close();
    await stopApp(environment, app);
  }
};
