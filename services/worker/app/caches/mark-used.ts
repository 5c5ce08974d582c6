import { utimesSync } from 'node:fs';

/**
 * Notes on a cached folder that it is used now; false where it is not there. Looking and noting are one act, as looking and taking away
 * are in remove-unless-used.ts: nobody is given a folder that is being removed.
 */
export const markUsed = (folder: string): boolean => {
  const now = new Date();
  try {
    utimesSync(folder, now, now);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
};
