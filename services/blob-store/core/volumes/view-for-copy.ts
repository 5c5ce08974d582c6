import type { VolumeEntry } from '@slipway/contracts';
import type { TreeReader } from './load-draft.js';
import type { CopyOrder, CopyView } from './plan-copy.js';
import { foldersAbove, isBelow, joinPath, nameOf, parentOf } from './volume-path.js';

/** Reads what a copy looks at: its sources with all in them, and what is at its destination. */
export const viewForCopy = async (
  tree: TreeReader,
  { from, to, recursive }: CopyOrder,
): Promise<CopyView> => {
  const known = new Map<string, VolumeEntry>();
  const know = (entries: readonly VolumeEntry[]): void => {
    for (const entry of entries) known.set(entry.path, entry);
  };
  const targets = from.map((source) => joinPath(to, nameOf(source)));
  know(await tree.entries([...from, to, parentOf(to), ...targets].filter((path) => path !== '')));
  const whole = recursive
    ? [...from, ...targets, to].filter((path) => path === '' || known.get(path)?.kind === 'directory')
    : [];
  for (const folder of new Set(whole))
    if (!foldersAbove(folder).some((above) => whole.includes(above))) know(await tree.below(folder));
  return {
    find: (path) => known.get(path),
    below: (folder) =>
      [...known.values()]
        .filter(({ path }) => isBelow(path, folder))
        .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
};
