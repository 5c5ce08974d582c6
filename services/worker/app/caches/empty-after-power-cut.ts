import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkerFolders } from '../host/worker-folders.js';
import { removeContents } from './remove-contents.js';

/** New with each start of the host's kernel. */
const HOST_BOOT = '/proc/sys/kernel/random/boot_id';

/**
 * Empties the caches once the host itself has started anew. Nothing in them is synced: a power cut may leave the name of a file without its
 * bytes. While the host runs on they are whole, however the worker ended. To be called before anything of them is used.
 */
export const emptyAfterPowerCut = async (
  dataDir: string,
  { layers, files, mounts, bytecode, blocks }: WorkerFolders,
  hostBoot = HOST_BOOT,
): Promise<'kept' | 'emptied'> => {
  const cachedIn = join(dataDir, 'cached-in-boot');
  const [now, then] = await Promise.all([
    readFile(hostBoot, 'utf8'),
    readFile(cachedIn, 'utf8').catch(() => undefined),
  ]);
  if (now === then) return 'kept';
  let removed = 0;
  for (const folder of [layers, files, mounts, bytecode, blocks]) removed += await removeContents(folder);
  await writeFile(cachedIn, now);
  return removed === 0 ? 'kept' : 'emptied';
};
