import { begunThings } from '../begun-things.ts';
import type { ClientEnvironment } from './client-environment.ts';
import { programPath, runProgram, runToTheEnd } from './run-program.ts';

export type BenchApp = Readonly<{ file: string; name: string; containers: number }>;

/** Deploys an app of ours, whose functions get `containers` containers each, does `work`, and stops it with its containers. */
export const whileDeployed = <T>(
  environment: ClientEnvironment,
  { file, name, containers }: BenchApp,
  work: () => Promise<T>,
): Promise<T> =>
  begunThings.during(
    async () => void (await runToTheEnd('modal', ['app', 'stop', '--yes', name], environment)),
    async () => {
      const told = { ...environment, BENCH_CONTAINERS: String(containers) };
      await runProgram('modal', ['deploy', programPath(file)], told);
      return work();
    },
  );
