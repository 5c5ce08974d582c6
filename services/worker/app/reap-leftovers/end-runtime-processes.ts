import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const GONE_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 20;

/**
 * Ends what the runtime of an earlier boot still runs: its processes name the folder of its state. A container that was being
 * made when the worker died stands in no list yet, and would come up later with nobody to remove it.
 */
export const endRuntimeProcesses = async (stateFolder: string): Promise<void> => {
  for (const until = Date.now() + GONE_WITHIN_MS; Date.now() < until;) {
    const left = await runtimeProcesses(stateFolder);
    if (left.length === 0) return;
    for (const pid of left) end(pid);
    await pause(LOOK_EVERY_MS);
  }
};

const runtimeProcesses = async (stateFolder: string): Promise<readonly number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const [program = '', ...words] = line.split('\0');
      const isRuntime = /^runs?c\b/.test(basename(program));
      const roots = words.map((word) => word.replace(/^--root=/, ''));
      return isRuntime && roots.some((root) => root === stateFolder || root.startsWith(`${stateFolder}/`));
    }),
  );
  return pids.filter((_, index) => found[index]).map(Number);
};

const end = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};
