import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../command/run-command.js';

const MIB = 1024 * 1024;

/**
 * Removes the layers that were used longest ago until the rest fits. `inUse` are never removed: a running container lies on them.
 */
export const cleanLayers = async (
  folder: string,
  limitMiB: number,
  inUse: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const layers = await Promise.all(
    names.map(async (name) => ({
      name,
      usedAt: (await stat(join(folder, name))).mtimeMs,
      sizeMiB: Number((await runCommand('du', ['-s', '-B1', join(folder, name)])).split('\t')[0]) / MIB,
    })),
  );
  let totalMiB = layers.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  const removed: string[] = [];
  for (const { name, sizeMiB } of layers.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (totalMiB <= limitMiB) break;
    if (inUse.has(name)) continue;
    // Out of sight first, so that nobody mounts a half-removed layer.
    await rename(join(folder, name), join(folder, `${name}.removed`));
    await rm(join(folder, `${name}.removed`), { recursive: true, force: true });
    removed.push(name);
    totalMiB -= sizeMiB;
  }
  return removed;
};
