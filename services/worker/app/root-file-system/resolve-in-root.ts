import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse, RefusedError } from '@slipway/kernel';

const MOST_LINKS = 64;

/**
 * The place on the host of a path inside a root file system, every symbolic link followed as the container would: links
 * and `..` never lead out of the root. What does not exist yet resolves to where it would be. Throws a RefusedError where links never end.
 */
export const resolveInRoot = async (root: string, path: string): Promise<string> => {
  let waiting = path.split('/').filter((part) => part !== '');
  let resolved: string[] = [];
  let links = 0;
  while (waiting.length > 0) {
    const [part, ...rest] = waiting as [string, ...string[]];
    waiting = rest;
    if (part === '.') continue;
    if (part === '..') {
      resolved = resolved.slice(0, -1);
      continue;
    }
    const place = join(root, ...resolved, part);
    const isLink = await lstat(place).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (!isLink) {
      resolved = [...resolved, part];
      continue;
    }
    if ((links += 1) > MOST_LINKS)
      throw new RefusedError(
        refuse('invalid', 'too-many-links', `${path} has more than ${MOST_LINKS} symbolic links`),
      );
    const target = await readlink(place);
    if (target.startsWith('/')) resolved = [];
    waiting = [...target.split('/').filter((name) => name !== ''), ...waiting];
  }
  return join(root, ...resolved);
};
