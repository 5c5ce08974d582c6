import { LATEST_FILE_TIME_MS } from '@slipway/contracts';
import { IN_HEADER_BYTES, readU64 } from './connection.js';
import type { AttributeChanges, NewNode } from './file-system.js';
import { FUSE_ERRORS } from './fuse-error.js';

const LONGEST_NAME_BYTES = 255;
/** Stands where bytes were no UTF-8: such a name could not be kept. */
const REPLACEMENT = '\u{FFFD}';

/** The header of the request that lies at the start of the buffer. */
export const opcodeOf = (request: Buffer): number => request.readUInt32LE(4);
export const requestIdOf = (request: Buffer): number => readU64(request, 8);
export const nodeOf = (request: Buffer): number => readU64(request, 16);

/** Text that ends with a zero byte, `after` bytes into the body, and how far into the body it reaches. */
export const textAt = (request: Buffer, after: number): Readonly<{ text: string; end: number }> => {
  const start = IN_HEADER_BYTES + after;
  const end = request.indexOf(0, start);
  const text = request.toString('utf8', start, end);
  if (text.includes(REPLACEMENT)) throw FUSE_ERRORS.illegalBytes;
  return { text, end: end + 1 - IN_HEADER_BYTES };
};

export const nameAt = (request: Buffer, after: number): Readonly<{ text: string; end: number }> => {
  const name = textAt(request, after);
  if (name.end - after > LONGEST_NAME_BYTES + 1) throw FUSE_ERRORS.nameTooLong;
  return name;
};

export const u32At = (request: Buffer, after: number): number =>
  request.readUInt32LE(IN_HEADER_BYTES + after);
export const u64At = (request: Buffer, after: number): number => readU64(request, IN_HEADER_BYTES + after);

export const newNodeOf = (request: Buffer, mode: number): NewNode => ({
  mode: mode & 0o7777,
  uid: request.readUInt32LE(24),
  gid: request.readUInt32LE(28),
});

const VALID = { mode: 1 << 0, uid: 1 << 1, gid: 1 << 2, size: 1 << 3, mtime: 1 << 5, mtimeNow: 1 << 8 };

/** Times are kept from 1970 to the end of the year 9999, which is what clients can show. */
const keptTime = (ms: number): number => Math.min(Math.max(0, ms), LATEST_FILE_TIME_MS);

/** `struct fuse_setattr_in`; access times are not kept. */
export const attributeChangesOf = (request: Buffer): AttributeChanges => {
  const valid = u32At(request, 0);
  const mtimeMs = keptTime(
    Number(request.readBigInt64LE(IN_HEADER_BYTES + 40)) * 1000 + u32At(request, 60) / 1e6,
  );
  return {
    ...((valid & VALID.size) !== 0 && { sizeBytes: u64At(request, 16) }),
    ...((valid & VALID.mode) !== 0 && { mode: u32At(request, 68) & 0o7777 }),
    ...((valid & VALID.uid) !== 0 && { uid: u32At(request, 76) }),
    ...((valid & VALID.gid) !== 0 && { gid: u32At(request, 80) }),
    ...((valid & VALID.mtime) !== 0 && { mtimeMs: (valid & VALID.mtimeNow) !== 0 ? 'now' : mtimeMs }),
  };
};
