import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { pythonVersionIn, type BaseImage, type BuildLog } from '@slipway/image-builder-core';
import type { ObjectClient } from '@slipway/nest-kit';
import type { MadeOnce } from '../../ledger/made-once.js';
import { convertLayer } from './convert-layer.js';
import { expectPlatform, manifestFor } from './manifest-for.js';
import { imageConfig, ociArchitecture, type ConfigDocument } from './oci-documents.js';
import type { OciSource } from './oci-source.js';

const CONVERSION_VERSION = 1;

/** Reads an image: its manifest for this machine, its configuration, and its layers, each converted once. */
export const readImage = async (
  source: OciSource,
  reference: string,
  { made, objects, arch, log }: { made: MadeOnce; objects: ObjectClient; arch: string; log: BuildLog },
): Promise<BaseImage> => {
  const document = await manifestFor(source, reference, ociArchitecture(arch));
  const config = JSON.parse(await verifiedText(source, document.config.digest)) as ConfigDocument;
  expectPlatform(source.name, config, ociArchitecture(arch));
  const layers: Awaited<ReturnType<typeof convertLayer>>[] = [];
  for (const { digest, mediaType, size } of document.layers) {
    layers.push(
      // By its source too: whoever knows a digest has not the layer, and only a source that has the image names it there.
      await made.get(`oci-layer ${CONVERSION_VERSION} ${source.name} ${digest}`, async () => {
        log(`fetching layer ${digest.slice(7, 19)} (${Math.ceil(size / 1024 ** 2)} MiB)\n`, 'info');
        return convertLayer(await source.blob(digest), { digest, mediaType, objects });
      }),
    );
  }
  const translated = imageConfig(config);
  const series = layers.findLast(({ python }) => python !== undefined)?.python;
  const exact = pythonVersionIn(translated.env['PYTHON_VERSION']);
  const pythonVersion = series !== undefined && exact?.startsWith(`${series}.`) ? exact : series;
  return {
    layers: layers.map(({ digest, sizeBytes }) => ({ digest, sizeBytes })),
    config: translated,
    libc: layers.some(({ musl }) => musl) ? 'musl' : 'gnu',
    ...(pythonVersion === undefined ? {} : { pythonVersion }),
  };
};

const verifiedText = async (source: OciSource, digest: string): Promise<string> => {
  const body = await text(await source.blob(digest));
  const is = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  if (is !== digest) throw new Error(`${source.name}: the configuration hashes to ${is}, not ${digest}`);
  return body;
};
