import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeUnlessUsed } from './remove-unless-used.js';
import { sizeNoteOf, sizeOfLayer } from './size-of-layer.js';

const MIB = 1024 * 1024;
/** A container that has asked for a layer lies on it before this time is over. */
const JUST_USED_MS = 15 * 60 * 1000;

/**
 * Removes the layers that were used longest ago until the rest fits; answers their names. Those that `foldersInUse` names are never
 * removed, for a running container lies on them; as measuring new ones takes long, both are looked at again before each removal.
 */
export const cleanLayers = async (
  folder: string,
  limitMiB: number,
  foldersInUse: () => Promise<ReadonlySet<string>>,
): Promise<readonly string[]> => {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const layers = [];
  for (const name of names) {
    const layer = join(folder, name);
    const usedAt = (await stat(layer)).mtimeMs;
    layers.push({ name, usedAt, sizeMiB: (await sizeOfLayer(layer)) / MIB });
  }
  let totalMiB = layers.reduce((sum, { sizeMiB }) => sum + sizeMiB, 0);
  const removed: string[] = [];
  for (const { name, sizeMiB } of layers.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (totalMiB <= limitMiB) break;
    if ((await foldersInUse()).has(name)) continue;
    if (!(await removeUnlessUsed(join(folder, name), Date.now() - JUST_USED_MS))) continue;
    await rm(sizeNoteOf(join(folder, name)), { force: true });
    removed.push(name);
    totalMiB -= sizeMiB;
  }
  return removed;
};
