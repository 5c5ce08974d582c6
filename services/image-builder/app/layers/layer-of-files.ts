import { Readable } from 'node:stream';
import type { LayerRef } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import { pack } from 'tar-stream';
import { storeLayer } from './store-layer.js';

export type LayerFile = Readonly<{ path: string; content: Buffer; mode?: number }>;

/** A layer of a few files of our own; the same files make the same layer. Folders above them keep what they were. */
export const layerOfFiles = async (files: readonly LayerFile[], objects: ObjectClient): Promise<LayerRef> => {
  const tar = pack();
  const mtime = new Date(0);
  for (const { path, content, mode = 0o644 } of files)
    tar.entry({ name: path.replace(/^\//, ''), mode, mtime, size: content.length }, content);
  tar.finalize();
  return storeLayer(Readable.from(tar, { objectMode: false }), objects);
};
