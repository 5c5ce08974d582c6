import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoundPath } from '@slipway/worker-core';

/**
 * gVisor lays a file system in memory over an empty /tmp unless something is mounted there. So /tmp is mounted on itself:
 * what it holds counts as disk, and a build step leaves it to the next.
 */
export const temporaryFolderOf = async (root: string): Promise<readonly BoundPath[]> => {
  const source = join(root, 'tmp');
  const isFolder = await lstat(source).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? [{ source, destination: '/tmp', access: 'write' }] : [];
};
