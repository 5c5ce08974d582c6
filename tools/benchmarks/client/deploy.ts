import type { ClientEnvironment } from './client-environment.ts';
import { programPath, runProgram } from './run-program.ts';

/** Deploys an app of ours, whose functions get `containers` containers each. */
export const deploy = async (
  environment: ClientEnvironment,
  file: string,
  containers: number,
): Promise<void> => {
  await runProgram('modal', ['deploy', programPath(file)], {
    ...environment,
    BENCH_CONTAINERS: String(containers),
  });
};

/** Stops a deployed app and its containers. */
export const stopApp = async (environment: ClientEnvironment, name: string): Promise<void> => {
  await runProgram('modal', ['app', 'stop', '--yes', name], environment);
};
