import { renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';

/** Removes a cached folder unless it was used at a moment or later; says whether it did. */
export const removeUnlessUsed = async (folder: string, usedAtMs: number): Promise<boolean> => {
  const removed = `${folder}.removed`;
  await rm(removed, { recursive: true, force: true });
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || stats.mtimeMs >= usedAtMs) return false;
  renameSync(folder, removed);
  await rm(removed, { recursive: true, force: true });
  return true;
};
