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
  const [layer] = await Promise.all([objects.put(compressed), pipeline(tar, zstd, compressed)]);
  return layer;
};
