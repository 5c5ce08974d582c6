import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createBlobStore, type BlobStore } from '@slipway/blob-store-core';
import type { Digest, VolumeChange, VolumeFile } from '@slipway/contracts';
import { nodeHashing } from '../../node-hashing.js';
import { DiskObjectStore } from '../../objects-on-disk/disk-object-store.js';
import { openRecords, type OpenedRecords } from '../open-records.js';

export type Volume = Readonly<{ workspaceId: string; volumeId: string }>;

export const once = async function* (bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
};

/** A file of one block. */
export const file = (path: string, digest: Digest): VolumeFile => ({
  path,
  kind: 'file',
  mode: 0o644,
  mtimeMs: 1.5,
  sizeBytes: 100,
  blocks: [digest],
});

/** A blob store over PostgreSQL, at a time that only a spec moves. */
export class VolumesScene {
  readonly workspaceId = 'ours';
  store!: BlobStore;
  opened!: OpenedRecords;
  now = 1_000_000_000;
  /** Apps and calls that are over, and blobs that are arguments of inputs which are not. */
  readonly ended = new Set<string>();
  readonly waiting = new Set<string>();
  /** Where the bytes of blocks lie. */
  folder!: string;
  private commits = 0;
  private volumes = 0;

  async open(databaseUrl: string): Promise<this> {
    this.opened = await openRecords(databaseUrl);
    this.folder = await mkdtemp(join(tmpdir(), 'slipway-volumes-'));
    this.store = createBlobStore({
      objects: new DiskObjectStore(this.folder),
      ...this.opened,
      hashing: nodeHashing('signing'),
      goingOn: {
        ended: async (ids) => ids.filter((id) => this.ended.has(id)),
        arguments: async (ids) => ids.filter((id) => this.waiting.has(id)),
      },
      now: () => this.now,
      textOf: text,
      randomBytes: (count) => randomBytes(count),
    });
    return this;
  }

  /** For so long a gateway asks each minute what has expired; says how many volumes had. */
  async expireEachMinute(ms: number): Promise<number> {
    let expired = 0;
    for (const until = this.now + ms; this.now < until;) {
      this.now += 60_000;
      expired += (await this.store.volumes.expire()).expiredVolumes;
    }
    return expired;
  }

  async close(): Promise<void> {
    await this.opened.orm.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async putBlock(text: string): Promise<Digest> {
    const put = { kept: false, expected: {} };
    return (await this.store.shelf.put(once(Buffer.from(text)), put)).digest;
  }

  /** With a name, or without one. */
  async newVolume(naming: 'named' | 'nameless' = 'named'): Promise<Volume> {
    this.volumes += 1;
    const volume = { workspaceId: this.workspaceId, volumeId: `vo-${this.volumes}` };
    const name = naming === 'named' ? { name: `volume-${this.volumes}` } : {};
    await this.store.volumes.open({
      ...volume,
      environment: 'main',
      ...name,
      how: 'create',
      createdBy: 'me',
    });
    return volume;
  }

  /** Answers the version that the volume has then. */
  async commit(volume: Volume, ...changes: VolumeChange[]): Promise<number> {
    this.commits += 1;
    const commitId = `commit-${this.commits}`;
    await this.store.volumeTrees.stage({ ...volume, commitId, part: 0, changes });
    return (await this.store.volumeTrees.commit({ ...volume, commitId, parts: 1 })).version;
  }
}
