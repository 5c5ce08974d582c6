import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, link, mkdir, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Digest, MountFile, MountId, MountView } from '@slipway/contracts';
import { markUsed } from '../caches/mark-used.js';

/** Where mounts and their files come from. */
export type MountSource = Readonly<{
  getMount: (mountId: MountId) => Promise<MountView>;
  get: (digest: Digest) => Promise<Readable>;
}>;

export type StoredMount = Readonly<{ checksum: string; folder: string; files: readonly MountFile[] }>;

/** The same content has the same age everywhere, so that compiled files stay valid. */
const FIXED_TIME = new Date('2020-01-01T00:00:00Z');
const FETCHES_AT_ONCE = 16;
const DEFAULT_MODE = 0o644;
/** What is remembered of what mounts hold; each may name thousands of files. */
const MOST_VIEWS = 500;

/** Mounts as folders that lie under a container: their files by content, shared between all mounts that have them. */
export class MountStore {
  private readonly views = new Map<MountId, Promise<MountView>>();
  private readonly building = new Map<string, Promise<StoredMount>>();
  private readonly files = new Map<string, Promise<string>>();

  constructor(
    private readonly filesFolder: string,
    private readonly mountsFolder: string,
    private readonly source: MountSource,
  ) {}

  async folderOf(mountId: MountId): Promise<StoredMount> {
    const view = await this.viewOf(mountId);
    const folder = join(this.mountsFolder, view.checksum);
    if (markUsed(folder)) return { checksum: view.checksum, folder, files: view.files };
    const running = this.building.get(view.checksum);
    if (running !== undefined) return running;
    const building = this.build(view, folder).finally(() => this.building.delete(view.checksum));
    this.building.set(view.checksum, building);
    return building;
  }

  /** What a mount holds never changes: it is asked for once, as long as it is among those that were used last. */
  private viewOf(mountId: MountId): Promise<MountView> {
    const known = this.views.get(mountId);
    const view = known ?? this.source.getMount(mountId);
    this.views.delete(mountId);
    this.views.set(mountId, view);
    if (known === undefined) view.catch(() => this.views.delete(mountId));
    const [oldest] = this.views.keys();
    if (this.views.size > MOST_VIEWS && oldest !== undefined) this.views.delete(oldest);
    return view;
  }

  private async build({ checksum, files }: MountView, folder: string): Promise<StoredMount> {
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const waiting = [...files];
    const takeTurns = async (): Promise<void> => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        const place = join(partial, insideTree(file.filename));
        await mkdir(dirname(place), { recursive: true });
        await this.putFile(file, place);
      }
    };
    await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, takeTurns));
    await rename(partial, folder);
    return { checksum, folder, files };
  }

  /** Gives a stored file another name. It may have been cleaned away since it was found: then it is fetched once more. */
  private async putFile(file: MountFile, place: string): Promise<void> {
    for (;;) {
      const stored = await this.fileOf(file);
      try {
        return await link(stored, place);
      } catch (error) {
        if (existsSync(stored)) throw error;
      }
    }
  }

  /** One stored file per content and mode. */
  private fileOf({ digest, mode }: MountFile): Promise<string> {
    const permissions = (mode === undefined || mode === 0 ? DEFAULT_MODE : mode) & 0o7777;
    const place = join(this.filesFolder, digest.slice(0, 2), `${digest}-${permissions.toString(8)}`);
    if (existsSync(place)) return Promise.resolve(place);
    const running = this.files.get(place);
    if (running !== undefined) return running;
    const fetching = this.fetchFile(digest, permissions, place).finally(() => this.files.delete(place));
    this.files.set(place, fetching);
    return fetching;
  }

  private async fetchFile(digest: Digest, permissions: number, place: string): Promise<string> {
    const partial = `${place}.partial`;
    await mkdir(dirname(place), { recursive: true });
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(await this.source.get(digest), hashing, createWriteStream(partial));
    const actual = hash.digest('hex');
    if (actual !== digest) {
      await rm(partial, { force: true });
      throw new Error(`file ${digest} arrived damaged: its bytes hash to ${actual}`);
    }
    await chmod(partial, permissions);
    await utimes(partial, FIXED_TIME, FIXED_TIME);
    await rename(partial, place);
    return place;
  }
}

/** The path of a mount's file below its tree; a name can climb no higher than the tree's own root. */
const insideTree = (filename: string): string => normalize(`/${filename}`).slice(1);
