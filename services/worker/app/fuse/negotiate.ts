import { IN_HEADER_BYTES, MOST_BYTES_PER_REQUEST, OUT_HEADER_BYTES } from './connection.js';

const FLAGS = {
  asyncRead: 1 << 0,
  bigWrites: 1 << 5,
  readDirectoryPlus: 1 << 13,
  readDirectoryPlusAuto: 1 << 14,
  noOpen: 1 << 17,
  parallelDirectoryOperations: 1 << 18,
  maxPages: 1 << 22,
  cacheSymlinks: 1 << 23,
  noOpenDirectory: 1 << 24,
  explicitInvalidation: 1 << 25,
} as const;

const MAJOR = 7;
const NEWEST_MINOR = 40;
/** The oldest kernel that has all that we use: Linux 5.4. */
const OLDEST_MINOR = 31;
const PAGE_BYTES = 4096;
const REPLY_BYTES = 64;
const BACKGROUND_REQUESTS = 64;
const CONGESTION_AT = 48;

export class OldKernelError extends Error {
  constructor(major: number, minor: number) {
    super(
      `the kernel speaks FUSE ${major}.${minor}; volumes need ${MAJOR}.${OLDEST_MINOR} (Linux 5.4) or newer`,
    );
    this.name = 'OldKernelError';
  }
}

/**
 * Answers INIT; the length of the reply. What is asked for: no OPEN and OPENDIR at all (the kernel keeps what it read until it
 * is told otherwise), listings that bring attributes along, requests of 1 MiB. Writes go through at once: what a program
 * has written is in the file system's hands when its write returns.
 */
export const negotiate = (request: Buffer, reply: Buffer): number => {
  const major = request.readUInt32LE(IN_HEADER_BYTES);
  const minor = request.readUInt32LE(IN_HEADER_BYTES + 4);
  if (major !== MAJOR || minor < OLDEST_MINOR) throw new OldKernelError(major, minor);
  const offered = request.readUInt32LE(IN_HEADER_BYTES + 12);
  const wanted = Object.values(FLAGS).reduce((all, flag) => all | flag, 0);
  reply.fill(0, OUT_HEADER_BYTES, OUT_HEADER_BYTES + REPLY_BYTES);
  const at = OUT_HEADER_BYTES;
  reply.writeUInt32LE(MAJOR, at);
  reply.writeUInt32LE(Math.min(minor, NEWEST_MINOR), at + 4);
  reply.writeUInt32LE(MOST_BYTES_PER_REQUEST, at + 8);
  reply.writeUInt32LE((offered & wanted) >>> 0, at + 12);
  reply.writeUInt16LE(BACKGROUND_REQUESTS, at + 16);
  reply.writeUInt16LE(CONGESTION_AT, at + 18);
  reply.writeUInt32LE(MOST_BYTES_PER_REQUEST, at + 20);
  reply.writeUInt32LE(1, at + 24);
  reply.writeUInt16LE(MOST_BYTES_PER_REQUEST / PAGE_BYTES, at + 28);
  return OUT_HEADER_BYTES + REPLY_BYTES;
};
