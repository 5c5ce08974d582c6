import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import type { LayerRef } from '@slipway/contracts';
import { askAgain } from '@slipway/nest-kit';
import { exitCodeOf } from '../runtime/exit-code.js';

/** Made by the worker or the kernel, or lent for the time of the run: no part of what the user left. */
const NOT_PART_OF_AN_IMAGE = [
  './run/slipway',
  './etc/resolv.conf',
  './dev/*',
  './proc/*',
  './sys/*',
  './pkg',
  './__modal',
];
/** The overlay's own notes on where a file came from, which mean nothing elsewhere. */
const NOTES = ['origin', 'impure', 'uuid', 'nlink', 'upper'];

/** How long the store may be away. */
const PATIENCE_MS = 2 * 60 * 1000;

/** Where layers go. */
export type LayerSink = Readonly<{ put: (body: Readable) => Promise<LayerRef> }>;

/**
 * Stores what was written on a container's disk, but for files that were `lent` to it, as a layer: a zstd-compressed tar with
 * whiteouts and attributes. Its container cannot run again for it, so that it waits out a store that is away.
 */
export const captureLayer = (
  diskFolder: string,
  sink: LayerSink,
  lent: readonly string[] = [],
): Promise<LayerRef> => askAgain(() => packInto(sink, diskFolder, lent), { patienceMs: PATIENCE_MS });

const packInto = async (sink: LayerSink, diskFolder: string, lent: readonly string[]): Promise<LayerRef> => {
  const tar = spawn(
    'tar',
    [
      ...['--create', '--file=-', '--numeric-owner', '--sort=name', '--xattrs', '--xattrs-include=*'],
      ...NOTES.map((note) => `--xattrs-exclude=trusted.overlay.${note}`),
      ...[...NOT_PART_OF_AN_IMAGE, ...lent.map((path) => `.${path}`)].map((path) => `--exclude=${path}`),
      ...['--anchored', '--directory', join(diskFolder, 'upper'), '.'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let complaint = '';
  tar.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(0, 2000)));
  const exited = exitCodeOf(tar).then((code) => {
    if (code !== 0)
      throw new Error(`the layer could not be packed: tar ended with ${code}: ${complaint.trim()}`);
  });
  exited.catch(() => undefined);
  const body = new PassThrough();
  // The store sees the end of the body only when tar ended well.
  const packed = pipeline(tar.stdout, createZstdCompress(), body, { end: false }).then(async () => {
    await exited;
    body.end();
  });
  packed.catch((error: Error) => body.destroy(error));
  const stored = sink.put(body).finally(() => body.destroy());
  const [layer] = await Promise.all([stored, packed]);
  return layer;
};
