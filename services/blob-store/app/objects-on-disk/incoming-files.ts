import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bytes } from '@slipway/blob-store-core';
import { ReceivedBytes } from '../verification/received-bytes.js';

export type IncomingFile = Readonly<{ path: string; sizeBytes: number }> &
  ReturnType<ReceivedBytes['finish']>;

/** Where bodies are written while they come in: a folder on the disk, emptied of what was never finished. */
export class IncomingFiles {
  constructor(private readonly folder: string) {}

  /** Writes a body to a file of its own, hashing it; the file is synced when this answers. */
  async write(body: Bytes): Promise<IncomingFile> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, randomUUID());
    const file = await open(path, 'wx');
    const received = new ReceivedBytes();
    try {
      for await (const bytes of body) {
        received.add(bytes);
        await writeWhole(file, bytes);
      }
      await file.datasync();
    } catch (error) {
      await unlink(path).catch(() => undefined);
      throw error;
    } finally {
      await file.close();
    }
    return { path, sizeBytes: received.sizeBytes, ...received.finish() };
  }

  async sweep(beforeMs: number): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found && found.mtimeMs < beforeMs) await rm(path, { force: true });
    }
  }
}

const writeWhole = async (file: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<void> => {
  for (let offset = 0; offset < bytes.length;)
    offset += (await file.write(bytes, offset, bytes.length - offset)).bytesWritten;
};
