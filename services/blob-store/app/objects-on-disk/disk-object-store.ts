import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '@slipway/contracts';
import {
  CHUNK_BYTES,
  CorruptedObjectError,
  type ByteRange,
  type Bytes,
  type ObjectStore,
  type ReceivedObject,
} from '@slipway/blob-store-core';
import { checksumsFor } from '../verification/received-bytes.js';
import { verifiedPieces } from '../verification/verified-pieces.js';
import { IncomingFiles } from './incoming-files.js';
import { syncFolder } from './sync-folder.js';

/**
 * Objects as files `objects/ab/cdef…`. One of more than a chunk has a sidecar `….sums` with its chunks' checksums.
 * The object is renamed into place after its sidecar, and both are synced: what has its name is whole.
 */
export class DiskObjectStore implements ObjectStore {
  private readonly incoming: IncomingFiles;
  private readonly madeFolders = new Set<string>();

  constructor(private readonly dataDir: string) {
    this.incoming = new IncomingFiles(join(dataDir, 'incoming'));
  }

  async receive(body: Bytes): Promise<ReceivedObject> {
    const { path, digest, sizeBytes, md5Hex, checksums } = await this.incoming.write(body);
    return {
      digest,
      sizeBytes,
      md5Hex,
      commit: async () => {
        const target = this.pathOf(digest);
        await this.makeFolder(dirname(target));
        if (sizeBytes > CHUNK_BYTES) await this.writeSidecar(target, `${path}.sums`, checksums);
        await rename(path, target);
        await syncFolder(dirname(target));
      },
      discard: async () => unlink(path),
    };
  }

  async read(digest: Digest, range?: ByteRange): Promise<Bytes | undefined> {
    const path = this.pathOf(digest);
    const sizeBytes = await this.sizeOf(digest);
    if (sizeBytes === undefined) return undefined;
    const sidecar = sizeBytes > CHUNK_BYTES ? await this.readSidecar(digest) : undefined;
    const openRange = ({ first, last }: ByteRange): Bytes =>
      createReadStream(path, { start: first, end: last, highWaterMark: CHUNK_BYTES });
    return verifiedPieces(
      { digest, sizeBytes, checksums: checksumsFor(digest, sidecar), open: openRange },
      range,
    );
  }

  async sizeOf(digest: Digest): Promise<number | undefined> {
    try {
      return (await stat(this.pathOf(digest))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remove(digest: Digest): Promise<void> {
    const path = this.pathOf(digest);
    await rm(path, { force: true });
    await rm(`${path}.sums`, { force: true });
  }

  async sweepIncoming(before: number): Promise<void> {
    await this.incoming.sweep(before);
  }

  private pathOf(digest: Digest): string {
    return join(this.dataDir, 'objects', digest.slice(0, 2), digest.slice(2));
  }

  private async makeFolder(folder: string): Promise<void> {
    if (this.madeFolders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await syncFolder(dirname(folder));
    await syncFolder(dirname(dirname(folder)));
    this.madeFolders.add(folder);
  }

  private async writeSidecar(target: string, temporary: string, checksums: Buffer): Promise<void> {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(checksums);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, `${target}.sums`);
  }

  private async readSidecar(digest: Digest): Promise<Buffer> {
    return readFile(`${this.pathOf(digest)}.sums`).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new CorruptedObjectError(digest, 'its checksums are gone');
      throw error;
    });
  }
}
