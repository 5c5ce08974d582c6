import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes all that is in a folder; answers how many names there were. */
export const removeContents = async (folder: string): Promise<number> => {
  const names = await readdir(folder);
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
  return names.length;
};
