import { LATEST_FILE_TIME_MS } from '@slipway/contracts';
import { writeU64 } from './connection.js';
import type { NodeAttributes, NodeKind } from './file-system.js';

/** The kernel asks again for nothing that it knows: this file system's own kernel is the only one that changes it, or it is told. */
const FOR_EVER_SECONDS = 0x7fffffff;
const FILE_TYPES: Readonly<Record<NodeKind, number>> = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
};
const SECTOR_BYTES = 512;
const BLOCK_BYTES = 4096;

export const ATTRIBUTES_BYTES = 88;
export const ENTRY_BYTES = 40 + ATTRIBUTES_BYTES;

/** The type of an entry of a folder, as `struct dirent` has it. */
export const direntType = (kind: NodeKind): number => FILE_TYPES[kind] >> 12;

const writeTime = (buffer: Buffer, at: number, nanosecondsAt: number, ms: number): void => {
  const seconds = Math.floor(Math.min(ms, LATEST_FILE_TIME_MS) / 1000);
  writeU64(buffer, at, Math.max(0, seconds));
  buffer.writeUInt32LE(Math.min(999_999_999, Math.round((ms - seconds * 1000) * 1e6)), nanosecondsAt);
};

/** `struct fuse_attr` */
const writeAttributes = (buffer: Buffer, at: number, attributes: NodeAttributes): void => {
  writeU64(buffer, at, attributes.node);
  writeU64(buffer, at + 8, attributes.sizeBytes);
  writeU64(buffer, at + 16, Math.ceil(attributes.sizeBytes / SECTOR_BYTES));
  writeTime(buffer, at + 24, at + 48, attributes.mtimeMs);
  writeTime(buffer, at + 32, at + 52, attributes.mtimeMs);
  writeTime(buffer, at + 40, at + 56, attributes.ctimeMs);
  buffer.writeUInt32LE(FILE_TYPES[attributes.kind] | attributes.mode, at + 60);
  buffer.writeUInt32LE(attributes.links, at + 64);
  buffer.writeUInt32LE(attributes.uid, at + 68);
  buffer.writeUInt32LE(attributes.gid, at + 72);
  buffer.writeUInt32LE(0, at + 76);
  buffer.writeUInt32LE(BLOCK_BYTES, at + 80);
  buffer.writeUInt32LE(0, at + 84);
};

/** `struct fuse_attr_out`: how long it holds, and the attributes; its length. */
export const writeAttributesReply = (buffer: Buffer, at: number, attributes: NodeAttributes): number => {
  writeU64(buffer, at, FOR_EVER_SECONDS);
  writeU64(buffer, at + 8, 0);
  writeAttributes(buffer, at + 16, attributes);
  return 16 + ATTRIBUTES_BYTES;
};

/** `struct fuse_entry_out`; without attributes: that there is nothing of this name. Its length. */
export const writeEntry = (buffer: Buffer, at: number, attributes: NodeAttributes | undefined): number => {
  buffer.fill(0, at, at + ENTRY_BYTES);
  writeU64(buffer, at, attributes?.node ?? 0);
  writeU64(buffer, at + 16, FOR_EVER_SECONDS);
  writeU64(buffer, at + 24, FOR_EVER_SECONDS);
  if (attributes !== undefined) writeAttributes(buffer, at + 40, attributes);
  return ENTRY_BYTES;
};
