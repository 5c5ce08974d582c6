import type { Digest, VolumeId, WorkspaceId } from './ids.js';

/** Files are cut into blocks of this many bytes; the last one is shorter. */
export const VOLUME_BLOCK_BYTES = 8 * 1024 * 1024;

/** A block of nothing but zeros: the sha256 of no bytes. It is never stored, uploaded or missing. */
export const ZERO_BLOCK: Digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** A block without the zeros at its end: what its digest is of. */
export const trimZeros = <Bytes extends Uint8Array>(block: Bytes): Bytes => {
  let end = block.length;
  while (end > 0 && block[end - 1] === 0) end -= 1;
  return block.subarray(0, end) as Bytes;
};

/** The most bytes of one file: the digests of its blocks must fit into a message. */
export const MOST_VOLUME_FILE_BYTES = 512 * 1024 ** 3;

/** The last second of the year 9999: later times no client can show. */
export const LATEST_FILE_TIME_MS = 253_402_300_799_000;

type Named = Readonly<{
  /** From the root of the volume, without a slash in front: `a/b.txt`. The root itself is no entry. */
  path: string;
  /** Permission bits, 12 of them. */
  mode: number;
  mtimeMs: number;
}>;

/**
 * A file's `blocks` are in order, one for each 8 MiB, the digest of each being of its bytes without the zeros at their end:
 * what is shorter than its place in the file ends in zeros.
 */
export type VolumeFile = Named & Readonly<{ kind: 'file'; sizeBytes: number; blocks: readonly Digest[] }>;
export type VolumeDirectory = Named & Readonly<{ kind: 'directory' }>;
export type VolumeSymlink = Named & Readonly<{ kind: 'symlink'; target: string }>;
export type VolumeEntry = VolumeFile | VolumeDirectory | VolumeSymlink;

/**
 * One change of a tree; those of a commit are applied in their order, and the later commit wins.
 * `put` makes missing folders, and replaces what has its path, of whatever kind, except that a folder put over a folder
 * keeps what is in it. `remove` takes away one entry: of a folder only an empty one, so that what others put into it
 * stays (remove files first, then their folder). `rename` moves an entry with all below it, over what was there;
 * what is not there any more is not moved or removed, and that is fine.
 */
export type VolumeChange =
  | Readonly<{ put: VolumeEntry }>
  | Readonly<{ remove: string }>
  | Readonly<{ rename: Readonly<{ from: string; to: string }> }>;

/** Whether an upload may replace files that are there. */
export type Overwrite = 'allow' | 'refuse';

/** Which uploads a client speaks: 1 by whole files, 2 by blocks. The trees are the same. */
export type VolumeFormat = 1 | 2;

/** What a volume holds: the bytes of its files, whatever other volumes share with it. */
export type VolumeSize = Readonly<{
  volumeId: VolumeId;
  workspaceId: WorkspaceId;
  environment: string;
  name?: string;
  createdAtMs: number;
  storedBytes: number;
}>;

export type VolumeView = Readonly<{
  volumeId: VolumeId;
  environment: string;
  /** Ephemeral volumes have none. */
  name?: string;
  format: VolumeFormat;
  createdAtMs: number;
  createdBy: string;
  /** Of the tree: how many commits have changed it. */
  version: number;
}>;

/** What a listing says of an entry. */
export type VolumeListing = Readonly<{
  path: string;
  kind: VolumeEntry['kind'];
  sizeBytes: number;
  mtimeMs: number;
}>;
