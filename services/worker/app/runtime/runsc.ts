import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../command/run-command.js';
import type { ContainerRuntime } from './container-runtime.js';
import { exitCodeOf } from './exit-code.js';
import { listContainers } from './list-containers.js';

/** What `runsc wait` prints: a wait status as wait(2) gives it. */
type WaitAnswer = Readonly<{ exitStatus: number }>;

const KILLED = 137;

const exitCodeOfStatus = (status: number): number => {
  const signal = status & 0x7f;
  return signal === 0 ? (status >> 8) & 0xff : 128 + signal;
};

/**
 * gVisor: a kernel of its own per container, in user space. `run --detach` and `wait` instead of a run in the foreground,
 * for that one removes the control group before its out-of-memory count can be read.
 */
export const runsc = (binary: string, stateFolder: string): ContainerRuntime => {
  const flags = [
    ...['--root', join(stateFolder, 'runsc'), '--platform', 'systrap', '--network', 'sandbox'],
    // The container's socket to its worker is a file of the host; the writable layer is the host's overlay.
    ...['--host-uds', 'open', '--overlay2', 'none', '--file-access', 'exclusive'],
  ];
  return {
    name: 'runsc',
    async run(id, bundleFolder, config) {
      await writeFile(join(bundleFolder, 'config.json'), JSON.stringify(config));
      // Pipes, never files: runsc writes to a file at an offset of its own.
      const child = spawn(binary, [...flags, 'run', '--detach', '--bundle', bundleFolder, id], {
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      const launched = exitCodeOf(child);
      launched.catch(() => undefined);
      await Promise.race([once(child, 'spawn'), launched]);
      const exited = launched.then(async (code) => {
        if (code !== 0) return code;
        const answer = await runCommand(binary, [...flags, 'wait', id]).catch(() => undefined);
        // The sandbox itself was killed: nobody is left to say with what.
        return answer === undefined
          ? KILLED
          : exitCodeOfStatus((JSON.parse(answer) as WaitAnswer).exitStatus);
      });
      exited.catch(() => undefined);
      return { stdout: child.stdout, stderr: child.stderr, exited };
    },
    kill: (id, signal, reach) =>
      tryCommand(binary, [...flags, 'kill', ...(reach === 'everyone' ? ['--all'] : []), id, signal]),
    remove: (id) => tryCommand(binary, [...flags, 'delete', '--force', id]),
    list: () => listContainers(binary, flags),
  };
};
