import { lstat, readdir } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { resolveInRoot } from '../root-file-system/resolve-in-root.js';

const isPattern = (part: string): boolean => /[*?[\]]/.test(part);

/**
 * The places that a COPY source names in its tree, sorted; patterns match within one folder, as in a shell. A link that is
 * named itself is followed inside the tree.
 */
export const expandSource = async (tree: string, source: string): Promise<readonly string[]> => {
  let places: readonly string[] = ['/'];
  for (const part of source.split('/').filter((name) => name !== '' && name !== '.')) {
    const next = await Promise.all(
      places.map(async (place) => {
        if (!isPattern(part)) return [join(place, part)];
        const names = await readdir(await resolveInRoot(tree, place)).catch(() => []);
        return names
          .filter((name) => matchesGlob(name, part))
          .toSorted()
          .map((name) => join(place, name));
      }),
    );
    places = next.flat();
  }
  const found = await Promise.all(
    places.map(async (place) => {
      const resolved = await resolveInRoot(tree, place);
      return lstat(resolved).then(
        () => [resolved],
        () => [],
      );
    }),
  );
  return found.flat();
};
