import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { LayerRef } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';

const LEVEL = 3;

/** Stores a tar in overlay form as a layer, compressing it on its way. */
export const storeLayer = async (tar: Readable, objects: ObjectClient): Promise<LayerRef> => {
  const compressed = new PassThrough();
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
  const compressing = pipeline(tar, zstd, compressed);
  // Sending begins with the first bytes: a connection on which nothing is said for long is closed by the other side.
  await Promise.race([once(compressed, 'readable'), compressing]);
  const [layer] = await Promise.all([objects.put(compressed), compressing]);
  return layer;
};
