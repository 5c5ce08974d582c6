import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `make` fills the folder anew. Where it fails, what was there before is there again: a machine may have no network now. */
export const replaceFolder = async (folder: string, make: () => Promise<void>): Promise<void> => {
  const [before, old] = [`${folder}.before`, `${folder}.old`];
  mkdirSync(dirname(folder), { recursive: true });
  remove(old);
  // Left by one that was broken off: then the folder itself may be half made.
  if (existsSync(before)) empty(folder);
  else if (existsSync(folder)) moveAside(folder, before);
  try {
    await make();
  } catch (error) {
    empty(folder);
    if (existsSync(before)) renameSync(before, folder);
    throw error;
  }
  // A half removed one must not be taken for one that was whole.
  if (existsSync(before)) renameSync(before, old);
  remove(old);
};

/** A folder of an image's layer, and one that something is mounted at, keep their names: nothing of them is kept. */
const moveAside = (folder: string, before: string): void => {
  try {
    renameSync(folder, before);
  } catch (error) {
    if (!KEEP_THEIR_NAMES.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    empty(folder);
  }
};

const KEEP_THEIR_NAMES: ReadonlySet<string> = new Set(['EXDEV', 'EBUSY']);

/** It is gone, or empty where it cannot go. */
const empty = (folder: string): void => {
  try {
    remove(folder);
  } catch {
    for (const name of readdirSync(folder)) remove(join(folder, name));
  }
};

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });
