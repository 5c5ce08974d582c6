import type { VolumeChange, VolumeEntry } from '@slipway/contracts';
import { isRefusal, refuse, type Instant, type Refusal } from '@slipway/kernel';
import { isBelow, joinPath, nameOf, parentOf } from './volume-path.js';

export type CopyOrder = Readonly<{
  from: readonly string[];
  to: string;
  /** `to` was written with a slash at its end, so it must be a folder. */
  toFolder: boolean;
  recursive: boolean;
}>;

/** The tree as far as the copy can touch it. */
export type CopyView = Readonly<{
  find: (path: string) => VolumeEntry | undefined;
  /** All that is below a folder, folders before what is in them. */
  below: (folder: string) => readonly VolumeEntry[];
}>;

const invalid = (message: string): Refusal => refuse('invalid', 'volume-copy-invalid', message);
const missing = (message: string): Refusal => refuse('not-found', 'volume-path-not-found', message);

const copyOne = (
  source: string,
  target: string,
  recursive: boolean,
  { find, below }: CopyView,
  at: Instant,
): readonly VolumeChange[] | Refusal => {
  const entry = find(source);
  if (source !== '' && entry === undefined) return missing(`There is no '${source}' in this volume.`);
  const isFolder = source === '' || entry?.kind === 'directory';
  if (isFolder && !recursive)
    return invalid(`'${source || '/'}' is a folder: copy it by --recursive (in Python: recursive=True).`);
  if (source === target) return invalid(`'${source}' and '${target}' are the same.`);
  if (isFolder && isBelow(target, source))
    return invalid(`'${source || '/'}' cannot be copied to '${target}', inside of itself.`);
  const entries = entry ? [entry, ...(isFolder ? below(source) : [])] : below(source);
  const changes: VolumeChange[] = [];
  for (const copied of entries) {
    const path = `${target}${copied.path.slice(source.length)}`;
    const there = find(path);
    if (there && (there.kind === 'directory') !== (copied.kind === 'directory'))
      return invalid(
        there.kind === 'directory'
          ? `'${path}' is a folder: the file '${copied.path}' cannot take its place.`
          : `'${path}' is a file: the folder '${copied.path}' cannot take its place.`,
      );
    if (!there || copied.kind !== 'directory') changes.push({ put: { ...copied, path, mtimeMs: at } });
  }
  return changes;
};

/** The changes that copy entries as `cp` does: into a folder that is there, or one source under a new name. */
export const planCopy = (
  order: CopyOrder,
  view: CopyView,
  at: Instant,
): readonly VolumeChange[] | Refusal => {
  const { from, to, toFolder, recursive } = order;
  if (from.length === 0) return invalid('No source is named: name at least one, and then the destination.');
  const isFolder = to === '' || view.find(to)?.kind === 'directory';
  if (!isFolder && (toFolder || from.length > 1))
    return view.find(to)
      ? invalid(`'${to}' is a file, and no folder.`)
      : missing(`There is no folder '${to}' in this volume.`);
  if (!isFolder && parentOf(to) !== '' && view.find(parentOf(to))?.kind !== 'directory')
    return missing(`There is no folder '${parentOf(to)}' in this volume.`);
  const changes: VolumeChange[] = [];
  for (const source of from) {
    if (isFolder && source === '')
      return invalid(`'/' cannot be copied to '${to || '/'}', inside of itself.`);
    const target = isFolder ? joinPath(to, nameOf(source)) : to;
    const copied = copyOne(source, target, recursive, view, at);
    if (isRefusal(copied)) return copied;
    for (const change of copied) changes.push(change);
  }
  return changes;
};
