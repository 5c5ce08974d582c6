import { lstatSync } from 'node:fs';
import { join, normalize } from 'node:path';

const NAMES = ['python3', 'python'];
/** Where an image does not say. */
const PATH = '/usr/local/bin:/usr/bin:/bin';

/**
 * What compiles for an image: its Python, and no layer above the one that brought it. Two images with the same compiler have the same
 * files there, so neither can have put anything into what the other runs.
 */
export type Compiler = Readonly<{
  /** Digests, lowest first. */
  layers: readonly string[];
  path: string;
}>;

/** The lowest layers of an image that hold a Python on its PATH; undefined where none does. */
export const compilerOf = (
  layersFolder: string,
  layers: readonly string[],
  path: string = PATH,
): Compiler | undefined => {
  const first = layers.findIndex((digest) => hasPython(join(layersFolder, digest), path));
  return first === -1 ? undefined : { layers: layers.slice(0, first + 1), path };
};

const hasPython = (layer: string, path: string): boolean =>
  path
    .split(':')
    .filter((entry) => entry.startsWith('/'))
    .some((folder) => NAMES.some((name) => isThere(join(layer, normalize(folder), name))));

/** What cannot be looked at is not there: an entry of PATH may be a file, or lie where a folder was deleted. */
const isThere = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
};
