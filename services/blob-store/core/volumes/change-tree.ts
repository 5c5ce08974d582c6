import type { VolumeChange, VolumeEntry } from '@slipway/contracts';
import { refuse, type Instant, type Refusal } from '@slipway/kernel';
import type { TreeDraft } from './tree-draft.js';
import { foldersAbove, isBelow } from './volume-path.js';

const FOLDER_MODE = 0o755;

/** Whatever stands where a folder must be gives way: the later commit wins. */
const makeFoldersAbove = (draft: TreeDraft, path: string, at: Instant): void => {
  for (const folder of foldersAbove(path))
    if (draft.get(folder)?.kind !== 'directory')
      draft.set({ path: folder, kind: 'directory', mode: FOLDER_MODE, mtimeMs: at });
};

const put = (draft: TreeDraft, entry: VolumeEntry, at: Instant): void => {
  makeFoldersAbove(draft, entry.path, at);
  if (entry.kind !== 'directory') draft.dropSubtree(entry.path);
  draft.set(entry);
};

const remove = (draft: TreeDraft, path: string): void => {
  if (draft.isEmpty(path)) draft.drop(path);
};

const rename = (draft: TreeDraft, from: string, to: string, at: Instant): Refusal | undefined => {
  if (isBelow(to, from))
    return refuse(
      'invalid',
      'volume-rename-into-itself',
      `'${from}' cannot be moved to '${to}', inside of itself.`,
    );
  if (from === to) return undefined;
  const moved = draft.subtree(from);
  draft.dropSubtree(from);
  for (const entry of moved) put(draft, { ...entry, path: `${to}${entry.path.slice(from.length)}` }, at);
  return undefined;
};

/**
 * Applies changes in their order to a draft that holds all that they touch (load-draft.ts).
 * `at` is the time of change of folders that nobody put, but that must be there.
 */
export const changeTree = (
  draft: TreeDraft,
  changes: readonly VolumeChange[],
  at: Instant,
): Refusal | undefined => {
  for (const change of changes) {
    if ('put' in change) put(draft, change.put, at);
    else if ('remove' in change) remove(draft, change.remove);
    else {
      const refusal = rename(draft, change.rename.from, change.rename.to, at);
      if (refusal) return refusal;
    }
  }
  return undefined;
};
