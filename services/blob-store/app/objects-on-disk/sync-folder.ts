import { open } from 'node:fs/promises';

/** A renamed file is durable once its folder is. */
export const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
