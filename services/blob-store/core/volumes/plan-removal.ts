import type { VolumeChange, VolumeEntry } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';

/** The changes that remove what a client named, `below` being all that is in it. The root itself stays. */
export const planRemoval = (
  path: string,
  entry: VolumeEntry | undefined,
  below: readonly VolumeEntry[],
  recursive: boolean,
): readonly VolumeChange[] | Refusal => {
  if (path !== '' && entry === undefined)
    return refuse('not-found', 'volume-path-not-found', `There is no '${path}' in this volume.`);
  const isFolder = path === '' || entry?.kind === 'directory';
  if (isFolder && !recursive)
    return refuse(
      'invalid',
      'volume-path-is-folder',
      `'${path || '/'}' is a folder: remove it with all that is in it by --recursive (in Python: recursive=True).`,
    );
  // What is in a folder has a longer path, and must go first.
  const paths = below.map((inner) => inner.path).toSorted((a, b) => b.length - a.length);
  return [...paths, ...(path === '' ? [] : [path])].map((remove) => ({ remove }));
};
