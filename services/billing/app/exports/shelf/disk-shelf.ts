import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportShelf } from './export-shelf.js';

/** A folder for each export. */
export class DiskShelf implements ExportShelf {
  constructor(private readonly folder: string) {}

  async put(exportId: string, folder: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await rm(join(this.folder, exportId), { recursive: true, force: true });
    await rename(folder, join(this.folder, exportId));
  }

  async remove(exportId: string): Promise<void> {
    await rm(join(this.folder, exportId), { recursive: true, force: true });
  }

  async read(exportId: string, name: string, { offset, bytes }: { offset: number; bytes: number }) {
    const file = await open(join(this.folder, exportId, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (file === undefined) return undefined;
    try {
      const { size } = await file.stat();
      const piece = Buffer.alloc(Math.max(0, Math.min(bytes, size - offset)));
      const { bytesRead } = await file.read(piece, 0, piece.length, offset);
      return { sizeBytes: size, bytes: piece.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  }
}
