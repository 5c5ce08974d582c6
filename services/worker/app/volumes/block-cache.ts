import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { VOLUME_BLOCK_BYTES, type Digest } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { blockFile } from './block-files.js';
import { MissingBlockError } from './missing-block.js';
import { Turns } from '../turns.js';

const DOWNLOADS_AT_ONCE = 16;

/** Blocks of volumes on this worker's disk, shared by all mounts, the ones used longest ago removed first. */
export class BlockCache {
  private readonly arriving = new Map<Digest, Promise<void>>();
  private readonly downloads = new Turns(DOWNLOADS_AT_ONCE);
  private addedBytes = 0;
  private cleaning: Promise<void> | undefined;

  constructor(
    readonly folder: string,
    private readonly limitBytes: number,
    private readonly source: { get: (digest: Digest) => Promise<Readable> },
  ) {}

  /**
   * Fetches a block unless it is here or on its way: once, however many ask. Answers when it is here whole; throws
   * MissingBlockError where the store does not have it.
   */
  async require(digest: Digest): Promise<void> {
    const arriving = this.arriving.get(digest);
    if (arriving !== undefined) return arriving;
    const fetching = this.fetchUnlessHere(digest).finally(() => this.arriving.delete(digest));
    this.arriving.set(digest, fetching);
    return fetching;
  }

  /** The bytes of a block that is here whole; nothing is fetched. */
  async read(digest: Digest): Promise<Buffer | undefined> {
    const bytes = await readFile(blockFile(this.folder, digest)).catch(() => undefined);
    return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === digest
      ? bytes
      : undefined;
  }

  /** Keeps a block that was made here: it is likely to be read soon. */
  async keep(digest: Digest, bytes: Buffer): Promise<void> {
    const file = blockFile(this.folder, digest);
    if (await exists(file)) return;
    await this.place(file, (partial) => writeFile(partial, bytes));
    this.added(bytes.length);
  }

  private async fetchUnlessHere(digest: Digest): Promise<void> {
    const file = blockFile(this.folder, digest);
    if (await exists(file)) return;
    await this.downloads.run(() => this.place(file, (partial) => this.download(digest, partial)));
    this.added(VOLUME_BLOCK_BYTES);
  }

  private async download(digest: Digest, partial: string): Promise<void> {
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const body = await this.source.get(digest).catch((error: unknown) => {
      const isMissing = error instanceof RefusedError && error.refusal.refused === 'not-found';
      throw isMissing ? new MissingBlockError(digest) : error;
    });
    await pipeline(body, hashing, createWriteStream(partial));
    const actual = hash.digest('hex');
    if (actual !== digest) throw new Error(`block ${digest} arrived damaged: its bytes hash to ${actual}`);
  }

  /** A file is complete, or it is not there. */
  private async place(file: string, fill: (partial: string) => Promise<void>): Promise<void> {
    const partial = `${file}.${randomUUID()}.partial`;
    await mkdir(dirname(file), { recursive: true });
    try {
      await fill(partial);
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  private added(bytes: number): void {
    this.addedBytes += bytes;
    if (this.cleaning !== undefined || this.addedBytes < this.limitBytes / 16) return;
    this.addedBytes = 0;
    this.cleaning = this.clean()
      .catch(() => undefined)
      .finally(() => (this.cleaning = undefined));
  }

  private async clean(): Promise<void> {
    const folders = await readdir(this.folder);
    const files = (
      await Promise.all(
        folders.map(async (name) =>
          (await readdir(join(this.folder, name))).map((file) => join(this.folder, name, file)),
        ),
      )
    ).flat();
    const found: { file: string; usedAt: number; bytes: number }[] = [];
    for (const file of files) {
      const stats = await stat(file).catch(() => undefined);
      if (stats !== undefined && !file.endsWith('.partial'))
        found.push({ file, usedAt: stats.mtimeMs, bytes: stats.size });
    }
    let total = found.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { file, bytes } of found.toSorted((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.limitBytes) return;
      await rm(file, { force: true });
      total -= bytes;
    }
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
