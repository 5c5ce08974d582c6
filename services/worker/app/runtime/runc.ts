import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../command/run-command.js';
import type { ContainerRuntime } from './container-runtime.js';
import { execInContainer } from './exec-in-container.js';
import { exitCodeOf } from './exit-code.js';
import { listContainers } from './list-containers.js';
import { untilRunning } from './until-running.js';
import { writeForRuntime } from './write-for-runtime.js';
import { openPathsOfProcesses } from './open-paths.js';

/** Plain Linux containers. `run --keep` stays in the foreground, tells the exit code and leaves the control group to be read. */
export const runc = (binary: string, stateFolder: string): ContainerRuntime => {
  const flags = ['--root', join(stateFolder, 'runc')];
  return {
    name: 'runc',
    async run(id, bundleFolder, config) {
      await writeForRuntime(join(bundleFolder, 'config.json'), config);
      const child = spawn(binary, [...flags, 'run', '--keep', '--bundle', bundleFolder, id], {
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      const exited = exitCodeOf(child);
      exited.catch(() => undefined);
      await Promise.race([once(child, 'spawn'), exited]);
      return { stdout: child.stdout, stderr: child.stderr, exited };
    },
    exec: (id, file, oci) =>
      execInContainer({
        ...{ binary, flags, id, file, process: oci, pidFlag: '--pid-file' },
        kill: async (pid) => {
          try {
            process.kill(pid, 'SIGKILL');
          } catch {
            // It is gone.
          }
        },
      }),
    kill: (id, signal, reach) =>
      tryCommand(binary, [...flags, 'kill', ...(reach === 'everyone' ? ['--all'] : []), id, signal]),
    remove: (id) => tryCommand(binary, [...flags, 'delete', '--force', id]),
    async openPaths(id) {
      const printed = await runCommand(binary, [...flags, 'ps', '--format', 'json', id]);
      return openPathsOfProcesses(JSON.parse(printed) as number[]);
    },
    untilRunning: (id, over) => untilRunning(binary, flags, id, over),
    list: () => listContainers(binary, flags),
  };
};
