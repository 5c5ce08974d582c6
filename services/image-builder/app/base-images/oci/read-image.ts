import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { pythonVersionIn, type BaseImage, type BuildLog } from '@slipway/image-builder-core';
import type { ObjectClient } from '@slipway/nest-kit';
import type { MadeOnce } from '../../ledger/made-once.js';
import { convertLayer } from './convert-layer.js';
import {
  forPlatform,
  imageConfig,
  isIndex,
  ociArchitecture,
  type ConfigDocument,
  type Descriptor,
  type Index,
  type Manifest,
} from './oci-documents.js';

/** Where the parts of an OCI image are: a registry's repository or a layout on disk. */
export interface OciSource {
  readonly name: string;
  manifest(reference: string): Promise<Manifest | Index>;
  blob(digest: string): Promise<Readable>;
}

const CONVERSION_VERSION = 1;

/** Reads an image: its manifest for this machine, its configuration, and its layers, each converted once. */
export const readImage = async (
  source: OciSource,
  reference: string,
  { made, objects, arch, log }: { made: MadeOnce; objects: ObjectClient; arch: string; log: BuildLog },
): Promise<BaseImage> => {
  let document = await source.manifest(reference);
  // An index may point at indexes of its own (a layout's index.json does).
  for (let depth = 0; isIndex(document); depth += 1) {
    const chosen: Descriptor | undefined =
      forPlatform(document, ociArchitecture(arch)) ??
      (document.manifests.length === 1 ? document.manifests[0] : undefined);
    if (!chosen || depth > 3)
      throw new Error(`${source.name} has no image for linux/${ociArchitecture(arch)}`);
    document = await source.manifest(chosen.digest);
  }
  const config = JSON.parse(await verifiedText(source, document.config.digest)) as ConfigDocument;
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
