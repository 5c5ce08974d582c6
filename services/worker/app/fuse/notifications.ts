import { write } from 'node:fs';
import { promisify } from 'node:util';
import { OUT_HEADER_BYTES, writeU64 } from './connection.js';

/** Something that the kernel remembers and should ask for anew. */
export type Invalidation =
  Readonly<{ kind: 'content'; node: number }> | Readonly<{ kind: 'entry'; parent: number; name: string }>;

const INVALIDATE_CONTENT = 2;
const INVALIDATE_ENTRY = 3;
const writing = promisify(write);

const header = (lengthBytes: number, code: number): Buffer => {
  const bytes = Buffer.alloc(OUT_HEADER_BYTES + lengthBytes);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeInt32LE(code, 4);
  return bytes;
};

const encode = (invalidation: Invalidation): Buffer => {
  if (invalidation.kind === 'content') {
    const bytes = header(24, INVALIDATE_CONTENT);
    writeU64(bytes, OUT_HEADER_BYTES, invalidation.node);
    return bytes;
  }
  const nameBytes = Buffer.byteLength(invalidation.name);
  const bytes = header(16 + nameBytes + 1, INVALIDATE_ENTRY);
  writeU64(bytes, OUT_HEADER_BYTES, invalidation.parent);
  bytes.writeUInt32LE(nameBytes, OUT_HEADER_BYTES + 8);
  bytes.write(invalidation.name, OUT_HEADER_BYTES + 16);
  return bytes;
};

let turn: Promise<void> = Promise.resolve();

/**
 * Makes the kernel forget. It waits for requests under way on the same nodes, so this must not run on the thread that
 * answers them, and takes one turn at a time in a process: the pool of threads behind it answers requests, too. It ends early
 * where the mount is served no more.
 */
export const invalidate = (
  descriptor: number,
  invalidations: readonly Invalidation[],
  isServing: () => boolean,
): Promise<void> => {
  const mine = turn.then(async () => {
    for (const invalidation of invalidations) {
      if (!isServing()) return;
      const bytes = encode(invalidation);
      // ENOENT: the kernel did not remember it.
      await writing(descriptor, bytes, 0, bytes.length, null).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT' && error.code !== 'ENODEV') throw error;
      });
    }
  });
  turn = mine.catch(() => undefined);
  return mine;
};
