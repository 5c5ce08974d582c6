import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

export type WrittenFile = Readonly<{ sha256: string; sizeBytes: number }>;

/** A file that knows the digest of what was written to it. */
export class HashedFile {
  private readonly hash = createHash('sha256');
  private sizeBytes = 0;

  private constructor(private readonly file: FileHandle) {}

  static async create(path: string): Promise<HashedFile> {
    return new HashedFile(await open(path, 'w', 0o600));
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    this.sizeBytes += bytes.length;
    await this.file.writeFile(bytes);
  }

  /** The file is on the disk when this is answered. */
  async end(): Promise<WrittenFile> {
    await this.file.sync();
    await this.file.close();
    return { sha256: this.hash.digest('hex'), sizeBytes: this.sizeBytes };
  }

  async giveUp(): Promise<void> {
    await this.file.close();
  }
}
