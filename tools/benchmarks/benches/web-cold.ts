import type { BenchSetting } from '../bench-setting.ts';
import { whileDeployed } from '../client/deploy.ts';
import { findFunction } from '../grpc/bare-caller.ts';
import { untilNoContainer } from '../platform/until-no-container.ts';
import { median, percentile } from '../report/percentile.ts';
import { freePort } from '../web/free-port.ts';
import { load } from '../web/load.ts';
import { rayServe } from '../web/with-server.ts';
import { rayEnvironment } from '../ray/run-ray.ts';
import { runPython } from '../client/run-program.ts';

const app = { file: 'web_cold_app.py', name: 'slipway-bench-web-cold', containers: 0 };
const counts = { quick: 3, full: 12 };

/** Ray Serve's first answers, each from no replica, in seconds. */
const rayServeFromZero = async (starts: number): Promise<readonly number[]> => {
  const words = [await freePort(), starts];
  type Printed = Readonly<{ fromZeroSeconds: readonly number[] }>;
  return (await runPython<Printed>('ray_serve.py', words, rayEnvironment(), await rayServe()))
    .fromZeroSeconds;
};

/** The first request to an app that has no container, to its whole answer. */
export const webCold = ({ environment, recorder, size }: BenchSetting): Promise<void> =>
  whileDeployed(environment, app, async () => {
    const { handleMetadata } = await findFunction(environment, app.name, 'cold');
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
      await untilNoContainer(environment, handleMetadata?.appId ?? '');
      samples.push(await first());
    }
    recorder.keep('cold', samples);
    const ray = await recorder.orSkipped('Ray Serve', () => rayServeFromZero(counts[size]));
    const beside = (find: (found: readonly number[]) => number) =>
      ray && { name: 'Ray Serve', value: find(ray) };
    recorder.keep('ray_serve', ray);
    recorder.measured('seconds', median(samples), 's', beside(median));
    const most = (found: readonly number[]) => percentile(found, 1);
    recorder.measured('seconds_max', most(samples), 's', beside(most));
  });
