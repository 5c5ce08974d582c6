import { Readable } from 'node:stream';
import {
  MOST_NEW_PATH_BYTES,
  ZERO_BLOCK,
  type Digest,
  type VolumeChange,
  type VolumeEntry,
} from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { VolumeSource } from './volume-source.js';

/** A volume that is kept in memory, with the meaning that the blob-store gives to commits. */
export class VolumeInMemory implements VolumeSource {
  readonly mostPathBytes = MOST_NEW_PATH_BYTES;
  readonly entries = new Map<string, VolumeEntry>();
  readonly blocks = new Map<Digest, Buffer>();
  readonly commits: (readonly VolumeChange[])[] = [];
  readonly fetched: Digest[] = [];
  /** What a fetch of a block waits for. */
  beforeFetch: (digest: Digest) => Promise<void> = () => Promise.resolve();
  private readonly changedAt = new Map<string, number>();

  async read(since?: number) {
    const paths = [...this.changedAt].filter(([, version]) => since === undefined || version > since);
    return {
      version: this.commits.length,
      full: since === undefined,
      entries: paths
        .flatMap(([path]) => this.entries.get(path) ?? [])
        .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      removed: paths.map(([path]) => path).filter((path) => !this.entries.has(path)),
    };
  }

  async putBlock(digest: Digest, bytes: Buffer): Promise<void> {
    this.blocks.set(digest, Buffer.from(bytes));
  }

  async commit(changes: readonly VolumeChange[]): Promise<void> {
    const named = changes.flatMap((change) =>
      'put' in change && change.put.kind === 'file' ? change.put.blocks : [],
    );
    const missing = named.filter((digest) => digest !== ZERO_BLOCK && !this.blocks.has(digest));
    if (missing.length > 0)
      throw new RefusedError({
        ...refuse('conflict', 'volume-block-missing', 'not stored'),
        subjects: missing,
      });
    this.commits.push(changes);
    for (const change of changes) {
      if ('put' in change) this.set(change.put.path, change.put);
      else if ('remove' in change) this.set(change.remove, undefined);
    }
  }

  readonly get = async (digest: Digest): Promise<Readable> => {
    this.fetched.push(digest);
    await this.beforeFetch(digest);
    const bytes = this.blocks.get(digest);
    if (bytes === undefined) throw new RefusedError(refuse('not-found', 'blob-store-404', digest));
    return Readable.from([bytes]);
  };

  private set(path: string, entry: VolumeEntry | undefined): void {
    if (entry === undefined) this.entries.delete(path);
    else this.entries.set(path, entry);
    this.changedAt.set(path, this.commits.length);
  }
}
