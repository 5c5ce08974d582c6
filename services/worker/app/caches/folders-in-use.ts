import { readdir, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Where a container's folder links to what lies under its root, and under what it copies from. */
const LINKS = ['l', 's'];

/** The names of the cached folders that lie under a container: layers, mounts, compiled files. */
export const foldersInUse = async (containersFolder: string): Promise<ReadonlySet<string>> => {
  const used = new Set<string>();
  for (const id of await readdir(containersFolder))
    for (const links of LINKS.map((name) => join(containersFolder, id, name)))
      for (const name of await readdir(links).catch(() => []))
        used.add(basename(await readlink(join(links, name)).catch(() => '')));
  return used;
};
