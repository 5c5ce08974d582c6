import { readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { HostMachine } from '@slipway/worker-core';
import { cgroupFolders } from './cgroup-paths.js';

const ATTEMPTS = 20;
const PAUSE_MS = 25;

/** Kills what still runs in a control group and those below it, and removes them, in every tree. */
export const removeCgroups = async (path: string, cgroups: HostMachine['cgroups']): Promise<void> => {
  await Promise.all(cgroupFolders(path, cgroups).map(removeTree));
};

const removeTree = async (folder: string): Promise<void> => {
  const below = await readdir(folder, { withFileTypes: true }).catch(() => []);
  await Promise.all(
    below.filter((entry) => entry.isDirectory()).map(({ name }) => removeTree(join(folder, name))),
  );
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await rmdir(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY') return;
      await killAll(folder);
      await pause(PAUSE_MS);
    }
  }
};

const killAll = async (folder: string): Promise<void> => {
  const text = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
  for (const line of text.split('\n').filter((entry) => entry !== '')) {
    try {
      process.kill(Number(line), 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
};
