import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HostMachine, OciConfig } from '@slipway/worker-core';
import { keepMemoryGroup } from '../cgroups/keep-memory-group.js';
import { tryCommand } from '../command/run-command.js';
import type { ContainerRuntime } from './container-runtime.js';
import { execInContainer } from './exec-in-container.js';
import { exitCodeOf } from './exit-code.js';
import { listContainers } from './list-containers.js';
import { untilRunning } from './until-running.js';
import { writeForRuntime } from './write-for-runtime.js';
import { openPathsOfSandbox } from './open-paths.js';

/** Calls to NVIDIA's driver pass through gVisor only where a container has such a device. */
const gpuFlags = ({ linux }: OciConfig): readonly string[] =>
  linux.devices?.some(({ path }) => path.startsWith('/dev/nvidia')) ? ['--nvproxy=true'] : [];

/** gVisor: a kernel of its own per container, in user space. A run in the foreground ends as soon as the container does. */
export const runsc = (
  binary: string,
  stateFolder: string,
  cgroups: HostMachine['cgroups'],
): ContainerRuntime => {
  const flags = [
    ...['--root', join(stateFolder, 'runsc'), '--platform', 'systrap', '--network', 'sandbox'],
    // The container's socket to its worker is a file of the host; the writable layer is the host's overlay.
    ...['--host-uds', 'open', '--overlay2', 'none', '--file-access', 'exclusive'],
  ];
  return {
    name: 'runsc',
    async run(id, bundleFolder, config) {
      await writeForRuntime(join(bundleFolder, 'config.json'), config);
      if (cgroups === 'v1') await keepMemoryGroup(config);
      // Pipes, never files: runsc writes to a file at an offset of its own.
      const child = spawn(binary, [...flags, ...gpuFlags(config), 'run', '--bundle', bundleFolder, id], {
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      const exited = exitCodeOf(child);
      exited.catch(() => undefined);
      await Promise.race([once(child, 'spawn'), exited]);
      return { stdout: child.stdout, stderr: child.stderr, exited };
    },
    exec: (id, file, process) =>
      execInContainer({
        ...{ binary, flags, id, file, process, pidFlag: '--internal-pid-file' },
        kill: (pid) => tryCommand(binary, [...flags, 'kill', '--pid', String(pid), id, 'SIGKILL']),
      }),
    kill: (id, signal, reach) =>
      tryCommand(binary, [...flags, 'kill', ...(reach === 'everyone' ? ['--all'] : []), id, signal]),
    remove: (id) => tryCommand(binary, [...flags, 'delete', '--force', id]),
    openPaths: (id) => openPathsOfSandbox(binary, flags, id),
    untilRunning: (id, over) => untilRunning(binary, flags, id, over),
    list: () => listContainers(binary, flags),
  };
};
