import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeMountFolder } from './mounted-volume.js';

const STAGING = /\.staging$/;

/** Takes away mounts whose server died with an earlier boot: they answer nothing but errors. */
export const reapVolumes = async (folder: string): Promise<void> => {
  for (const taskId of await readdir(folder)) {
    // A dead mount cannot be looked at, only named.
    const names = await readdir(join(folder, taskId)).catch(() => []);
    const volumeIds = new Set(names.map((name) => name.replace(STAGING, '')));
    for (const volumeId of volumeIds) await removeMountFolder(join(folder, taskId, volumeId));
    await rmdir(join(folder, taskId)).catch(() => undefined);
  }
};
