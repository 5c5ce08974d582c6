import { renameSync, statSync } from 'node:fs';

const largestBytes = 64 * 1024 * 1024;

/** Sets a long log aside as `<log>.1`, in place of the one set aside before. */
export const keepLogSmall = (log: string): void => {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestBytes) renameSync(log, `${log}.1`);
};
