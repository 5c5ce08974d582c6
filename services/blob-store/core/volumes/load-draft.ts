import type { VolumeChange, VolumeEntry } from '@slipway/contracts';
import { TreeDraft } from './tree-draft.js';
import { foldersAbove } from './volume-path.js';

/** A tree while nobody else may change it. */
export interface TreeReader {
  /** Those of the paths that are there. */
  entries(paths: readonly string[]): Promise<readonly VolumeEntry[]>;
  /** Everything below a folder; '' is the root. */
  below(folder: string): Promise<readonly VolumeEntry[]>;
}

const namedPaths = (change: VolumeChange): string[] => {
  if ('put' in change) return [change.put.path];
  return 'remove' in change ? [change.remove] : [change.rename.from, change.rename.to];
};

/** Folders must be known whole where a change may take away or move what is in them. */
const pathsThatMayEnd = (change: VolumeChange): string[] =>
  'put' in change && change.put.kind === 'directory' ? [] : namedPaths(change);

/** A draft that holds all that the changes touch: what they name, the folders above it, and folders that may end. */
export const loadDraft = async (tree: TreeReader, changes: readonly VolumeChange[]): Promise<TreeDraft> => {
  const draft = new TreeDraft();
  const named = new Set(changes.flatMap(namedPaths));
  const paths = new Set([...named, ...[...named].flatMap(foldersAbove)]);
  draft.load(await tree.entries([...paths]));
  const ending = new Set(changes.flatMap(pathsThatMayEnd));
  for (const path of ending)
    if (draft.get(path)?.kind === 'directory' && !foldersAbove(path).some((folder) => ending.has(folder)))
      draft.load(await tree.below(path));
  return draft;
};
