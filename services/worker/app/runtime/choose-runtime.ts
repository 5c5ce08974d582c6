import type { HostMachine } from '@slipway/worker-core';
import { runCommand } from '../command/run-command.js';
import type { ContainerRuntime } from './container-runtime.js';
import { runc } from './runc.js';
import { runsc } from './runsc.js';

export type RuntimeChoice = Readonly<{
  wanted: 'auto' | 'runsc' | 'runc';
  runscBinary: string;
  runcBinary: string;
}>;

const works = async (binary: string): Promise<boolean> =>
  runCommand(binary, ['--version']).then(
    () => true,
    () => false,
  );

/** gVisor where it can be run, else runc; a runtime that was asked for by name is never replaced. */
export const chooseRuntime = async (
  choice: RuntimeChoice,
  stateFolder: string,
  cgroups: HostMachine['cgroups'],
): Promise<ContainerRuntime> => {
  const { wanted, runscBinary, runcBinary } = choice;
  if (wanted !== 'runc' && (await works(runscBinary))) return runsc(runscBinary, stateFolder, cgroups);
  if (wanted === 'runsc')
    throw new Error(
      `WORKER_RUNTIME is runsc, but ${runscBinary} does not run; set WORKER_RUNSC to a runsc that does`,
    );
  if (await works(runcBinary)) return runc(runcBinary, stateFolder);
  throw new Error(
    `no container runtime: neither ${runscBinary} nor ${runcBinary} runs; install runc or set WORKER_RUNC`,
  );
};
