import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkerFolders } from '../host/worker-folders.js';

/** Takes away what an earlier process was fetching or removing when it died. To be called before anything is fetched. */
export const removeUnfinished = async (folders: WorkerFolders): Promise<void> => {
  for (const folder of [folders.layers, folders.mounts, folders.bytecode]) await removeIn(folder);
  // Blocks and files lie in folders by the start of their digest.
  for (const folder of [folders.blocks, folders.files])
    for (const name of await readdir(folder)) await removeIn(join(folder, name));
};

const removeIn = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder))
    if (name.endsWith('.partial') || name.endsWith('.removed'))
      await rm(join(folder, name), { recursive: true, force: true });
};
