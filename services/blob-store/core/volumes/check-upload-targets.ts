import type { Overwrite, VolumeEntry, VolumeFile } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';
import { foldersAbove } from './volume-path.js';

const taken = (message: string): Refusal => refuse('already-exists', 'volume-path-taken', message);

/** Why a client may not put files where it wants to, if so. `find` answers what is in the tree. */
export const checkUploadTargets = (
  files: readonly VolumeFile[],
  overwrite: Overwrite,
  find: (path: string) => VolumeEntry | undefined,
): Refusal | undefined => {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (paths.has(path))
      return refuse(
        'invalid',
        'volume-path-twice',
        `'${path}' is named twice in one upload: put one file there.`,
      );
    paths.add(path);
  }
  for (const { path } of files) {
    const folders = foldersAbove(path);
    const file = folders.find((folder) => paths.has(folder) || !mayHoldFiles(find(folder)));
    if (file !== undefined) return taken(`'${path}' cannot be put: '${file}' is a file, and no folder.`);
    const there = find(path);
    if (there?.kind === 'directory')
      return taken(`'${path}' is a folder already: a file cannot take its place. Remove it first.`);
    if (there && overwrite === 'refuse')
      return taken(
        `'${path}' exists already. Overwrite it with --force (in Python: batch_upload(force=True)).`,
      );
  }
  return undefined;
};

const mayHoldFiles = (entry: VolumeEntry | undefined): boolean =>
  entry === undefined || entry.kind === 'directory';
