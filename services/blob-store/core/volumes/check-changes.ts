import {
  MOST_VOLUME_FILE_BYTES,
  readVolumePath,
  VOLUME_BLOCK_BYTES,
  type VolumeChange,
  type VolumeEntry,
} from '@slipway/contracts';
import { isRefusal, refuse, type Refusal } from '@slipway/kernel';
import { parseDigest } from '../objects/parse-digest.js';

const MOST_MODE = 0o7777;

const invalid = (path: string, what: string): Refusal =>
  refuse('invalid', 'volume-entry-invalid', `'${path}' cannot be put: ${what}.`);

const checkPath = (path: string): Refusal | undefined => {
  const read = readVolumePath(path);
  if (isRefusal(read)) return read;
  return read === path && path !== ''
    ? undefined
    : refuse(
        'invalid',
        'volume-path-invalid',
        `'${path}' names no entry: its plain form is '${read}', and the root is none.`,
      );
};

/** Why something cannot be an entry of a tree, if so. */
export const checkEntry = (entry: VolumeEntry): Refusal | undefined => {
  const { path, mode, mtimeMs } = entry;
  const refusal = checkPath(path);
  if (refusal) return refusal;
  if (!Number.isInteger(mode) || mode < 0 || mode > MOST_MODE)
    return invalid(path, `its mode is ${mode}, but must be permission bits from 0 to ${MOST_MODE}`);
  if (!Number.isFinite(mtimeMs))
    return invalid(path, `its time of change is ${mtimeMs}, but must be a number`);
  if (entry.kind === 'symlink' && (entry.target === '' || entry.target.includes('\0')))
    return invalid(path, 'the target of a symlink must be a path');
  if (entry.kind !== 'file') return undefined;
  const { sizeBytes, blocks } = entry;
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0 || sizeBytes > MOST_VOLUME_FILE_BYTES)
    return invalid(path, `it has ${sizeBytes} bytes, but a file may have up to ${MOST_VOLUME_FILE_BYTES}`);
  const count = Math.ceil(sizeBytes / VOLUME_BLOCK_BYTES);
  if (blocks.length !== count)
    return invalid(path, `${sizeBytes} bytes are ${count} blocks of 8 MiB, but ${blocks.length} are named`);
  return blocks.map(parseDigest).find(isRefusal);
};

/** Why a change cannot be made of any tree, if so. */
export const checkChange = (change: VolumeChange): Refusal | undefined => {
  if ('put' in change) return checkEntry(change.put);
  if ('remove' in change) return checkPath(change.remove);
  return checkPath(change.rename.from) ?? checkPath(change.rename.to);
};
