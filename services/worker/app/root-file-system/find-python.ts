import { access } from 'node:fs/promises';
import { resolveInRoot } from './resolve-in-root.js';

const NAMES = ['python3', 'python'];

/** The first Python on an image's PATH, as the container names it; undefined where there is none. */
export const findPython = async (root: string, path: string): Promise<string | undefined> => {
  for (const folder of path.split(':').filter((entry) => entry.startsWith('/')))
    for (const name of NAMES) {
      const found = await resolveInRoot(root, `${folder}/${name}`)
        .then((place) => access(place))
        .then(
          () => true,
          () => false,
        );
      if (found) return `${folder}/${name}`;
    }
  return undefined;
};
