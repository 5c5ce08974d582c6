import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { Digest, LayerRef } from '@slipway/contracts';
import { markUsed } from '../caches/mark-used.js';
import { exitCodeOf } from '../runtime/exit-code.js';
import { feedProcess } from './feed-process.js';

/** Where layers come from. */
export type LayerSource = Readonly<{ get: (digest: Digest) => Promise<Readable> }>;

/** Layers of images, unpacked, one folder each. A folder is complete, or it is not there. */
export class LayerStore {
  private readonly fetching = new Map<Digest, Promise<string>>();

  constructor(
    private readonly folder: string,
    private readonly source: LayerSource,
  ) {}

  /** The folder of a layer; fetches it if need be, once however many ask. */
  async folderOf({ digest }: LayerRef): Promise<string> {
    const folder = join(this.folder, digest);
    if (markUsed(folder)) return folder;
    const running = this.fetching.get(digest);
    if (running !== undefined) return running;
    const fetch = this.fetch(digest, folder).finally(() => this.fetching.delete(digest));
    this.fetching.set(digest, fetch);
    return fetch;
  }

  /** The digests of all layers that are here. */
  async list(): Promise<readonly Digest[]> {
    return (await readdir(this.folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  }

  private async fetch(digest: Digest, folder: string): Promise<string> {
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    try {
      await unpackLayer(await this.source.get(digest), digest, partial);
      // Unpacking has given the folder the time that it has in the layer.
      markUsed(partial);
      await rename(partial, folder);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    return folder;
  }
}

/** Unpacks a zstd-compressed tar with all its attributes; throws unless the bytes hash to `digest`. */
const unpackLayer = async (blob: Readable, digest: Digest, folder: string): Promise<void> => {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const tar = spawn(
    'tar',
    [
      '--xattrs',
      '--xattrs-include=*',
      '--numeric-owner',
      '--same-owner',
      '-x',
      '-p',
      '-C',
      folder,
      '-f',
      '-',
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let complaint = '';
  tar.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(0, 2000)));
  const exited = exitCodeOf(tar);
  exited.catch(() => undefined);
  const piped = await pipeline(blob, hashing, createZstdDecompress(), feedProcess(tar.stdin)).then(
    () => undefined,
    (error: Error) => error,
  );
  const code = await exited;
  if (code !== 0)
    throw new Error(`layer ${digest} could not be unpacked: tar ended with ${code}: ${complaint.trim()}`);
  if (piped !== undefined) throw piped;
  const actual = hash.digest('hex');
  if (actual !== digest) throw new Error(`layer ${digest} arrived damaged: its bytes hash to ${actual}`);
};
