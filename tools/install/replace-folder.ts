import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** `make` fills the folder anew. Where it fails, what was there before is there again: a machine may have no network now. */
export const replaceFolder = async (folder: string, make: () => Promise<void>): Promise<void> => {
  const before = `${folder}.before`;
  mkdirSync(dirname(folder), { recursive: true });
  // Left by one that was broken off: then the folder itself may be half made.
  if (existsSync(before)) rmSync(folder, { recursive: true, force: true });
  else if (existsSync(folder)) renameSync(folder, before);
  try {
    await make();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (existsSync(before)) renameSync(before, folder);
    throw error;
  }
  rmSync(before, { recursive: true, force: true });
};
