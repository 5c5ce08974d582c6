import { utf8Bytes, type VolumeChange, type VolumeEntry, type VolumeMount } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { VolumeSource } from './volume-source.js';

const FOLDER_MODE = 0o755;

/**
 * A folder of a volume as if it were all of it. Where it is missing it is made, or, for a mount that only reads, empty.
 * Throws a RefusedError where something else has its path.
 */
export const subPathOf = async (
  source: VolumeSource,
  subPath: string,
  access: VolumeMount['access'],
): Promise<VolumeSource> => {
  const { entries } = await source.read();
  const found = entries.find(({ path }) => path === subPath);
  const above = entries.find(({ path, kind }) => kind !== 'directory' && subPath.startsWith(`${path}/`));
  const inTheWay = found !== undefined && found.kind !== 'directory' ? found : above;
  if (inTheWay !== undefined)
    throw new RefusedError(
      refuse(
        'conflict',
        'sub-path-taken',
        `sub_path '${subPath}' cannot be mounted: '${inTheWay.path}' is a ${inTheWay.kind} of the volume, and must be a folder`,
      ),
    );
  const isThere = found !== undefined || entries.some(({ path }) => path.startsWith(`${subPath}/`));
  if (!isThere && access === 'write')
    await source.commit([
      { put: { kind: 'directory', path: subPath, mode: FOLDER_MODE, mtimeMs: Date.now() } },
    ]);

  const prefix = `${subPath}/`;
  const isInside = (path: string): boolean => path.startsWith(prefix);
  const inside = (path: string): string => path.slice(prefix.length);
  const moved = <Entry extends VolumeEntry>(entry: Entry, path: string): Entry => ({ ...entry, path });
  const outside = (change: VolumeChange): VolumeChange => {
    if ('put' in change) return { put: moved(change.put, prefix + change.put.path) };
    if ('remove' in change) return { remove: prefix + change.remove };
    return { rename: { from: prefix + change.rename.from, to: prefix + change.rename.to } };
  };
  return {
    mostPathBytes: source.mostPathBytes - utf8Bytes(prefix),
    async read(since) {
      const whole = await source.read(since);
      return {
        ...whole,
        entries: whole.entries
          .filter(({ path }) => isInside(path))
          .map((entry) => moved(entry, inside(entry.path))),
        removed: whole.removed.filter(isInside).map(inside),
      };
    },
    putBlock: (digest, bytes) => source.putBlock(digest, bytes),
    commit: (changes) => source.commit(changes.map(outside)),
  };
};
