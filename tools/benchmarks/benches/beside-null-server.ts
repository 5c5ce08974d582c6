import { join } from 'node:path';
import { alternate, type Alternated } from '../alternate.ts';
import type { BenchSetting } from '../bench-setting.ts';
import type { ClientEnvironment } from '../client/client-environment.ts';
import { findRuntimes } from '../container/runtimes.ts';
import { startNullServer } from '../null-server/start-null-server.ts';
import { TimesMeter, type ProcessTimes } from '../platform/process-times.ts';
import { rounds } from './rounds.ts';
import { withFunction } from './noop-function.ts';

/** What the real client finds on the platform and on the null server, in turns, with as many containers each. */
export const besideNullServer = async <Found>(
  setting: BenchSetting,
  containers: number,
  measure: (server: ClientEnvironment) => Promise<Found>,
): Promise<Alternated<Found, Found> & Readonly<{ used: ProcessTimes }>> => {
  const { home, environment, recorder, size } = setting;
  const { runsc } = await findRuntimes(home);
  return withFunction(setting, { app: 'noop', containers }, async (deployed) => {
    const nothing = await recorder.orSkipped('null server', () =>
      startNullServer({
        environment,
        functionGet: deployed.functionGet,
        captured: deployed.containers[0]!,
        runtime: runsc,
        containers,
        scratch: join(home.data, 'bench'),
      }),
    );
    try {
      // Code that has run is compiled.
      await measure(environment);
      if (nothing) await measure(nothing.environment);
      const meter = new TimesMeter(home);
      const found = await alternate(
        recorder,
        rounds[size],
        () => meter.during(() => measure(environment)),
        nothing ? [{ name: 'null server', measure: () => measure(nothing.environment) }] : [],
      );
      return { ...found, used: meter.used };
    } finally {
      await nothing?.end();
    }
  });
};
