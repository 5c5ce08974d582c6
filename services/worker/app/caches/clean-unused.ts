import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { removeUnlessUsed } from './remove-unless-used.js';

/** Of a name that is being made or removed. */
const isUnfinished = (name: string): boolean => name.endsWith('.partial') || name.endsWith('.removed');

/** Removes the folders that nobody used since a moment and no container lies on; answers how many. */
export const cleanFolders = async (
  folder: string,
  unusedSinceMs: number,
  foldersInUse: () => Promise<ReadonlySet<string>>,
): Promise<number> => {
  let removed = 0;
  const inUse = await foldersInUse();
  for (const name of await readdir(folder)) {
    if (isUnfinished(name) || inUse.has(name)) continue;
    if (await removeUnlessUsed(join(folder, name), unusedSinceMs)) removed += 1;
  }
  return removed;
};

/** Removes the files of mounts that are in no mount since a moment, by what the kernel counts of their names; answers how many. */
export const cleanFiles = async (folder: string, unnamedSinceMs: number): Promise<number> => {
  let removed = 0;
  for (const start of await readdir(folder))
    for (const name of await readdir(join(folder, start))) {
      if (isUnfinished(name)) continue;
      const file = join(folder, start, name);
      const { nlink, ctimeMs } = await stat(file);
      if (nlink > 1 || ctimeMs >= unnamedSinceMs) continue;
      await unlink(file);
      removed += 1;
    }
  return removed;
};
