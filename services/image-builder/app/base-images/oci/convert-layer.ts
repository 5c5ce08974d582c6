import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { LayerRef } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import { extract, pack, type Header } from 'tar-stream';
import { storeLayer } from '../../layers/store-layer.js';

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';

/** What a layer tells of the image by the names of its files. */
export type ConvertedLayer = LayerRef & Readonly<{ python?: string; musl: boolean }>;

/**
 * Turns an OCI layer into ours: `.wh.name` becomes a 0:0 character device, `.wh..wh..opq` the overlay's mark on its folder
 * (OCI image layer specification, "Representing Changes"). Throws when the bytes do not hash to `digest`.
 */
export const convertLayer = async (
  body: Readable,
  { digest, mediaType, objects }: { digest: string; mediaType: string; objects: ObjectClient },
): Promise<ConvertedLayer> => {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      hash.update(bytes);
      done(null, bytes);
    },
  });
  const found: { python?: string; musl: boolean } = { musl: false };
  const source = extract();
  const target = pack();
  const folders = new Map<string, Header>();

  const convert = async (): Promise<void> => {
    for await (const entry of source) {
      const { header } = entry;
      const name = header.name.replace(/^\.?\/+/, '').replace(/\/$/, '');
      const [folder, file] = splitName(name);
      const python = /^usr\/(?:local\/)?bin\/python(3\.\d+)$/.exec(name)?.[1];
      if (python !== undefined) found.python = python;
      if (file.startsWith('ld-musl-')) found.musl = true;
      if (header.type === 'directory') folders.set(name, header);
      if (file === OPAQUE) {
        entry.resume();
        const {
          name: _name,
          size: _size,
          type: _type,
          ...known
        } = folders.get(folder) ?? ({ mode: 0o755 } as Header);
        const pax = { ...(known as { pax?: object }).pax, 'SCHILY.xattr.trusted.overlay.opaque': 'y' };
        target.entry({ ...known, name: `${folder}/`, type: 'directory', pax } as Header);
      } else if (file.startsWith(WHITEOUT)) {
        entry.resume();
        const gone = `${folder === '' ? '' : `${folder}/`}${file.slice(WHITEOUT.length)}`;
        target.entry({ name: gone, type: 'character-device', mode: 0, devmajor: 0, devminor: 0 });
      } else if (header.type === 'file' || header.type === 'contiguous-file')
        await pipeline(entry, target.entry({ ...header, name, type: 'file' }));
      else {
        entry.resume();
        target.entry({ ...header, name: header.type === 'directory' ? `${name}/` : name });
      }
    }
    target.finalize();
  };

  const decompress = mediaType.endsWith('zstd')
    ? createZstdDecompress()
    : mediaType.endsWith('gzip')
      ? createGunzip()
      : new PassThrough();
  const tar = new PassThrough();
  target.pipe(tar);
  const [layer] = await Promise.all([
    storeLayer(tar, objects),
    convert(),
    pipeline(body, hashed, decompress, source),
  ]).catch((error: unknown) => {
    tar.destroy();
    throw error;
  });
  const is = `sha256:${hash.digest('hex')}`;
  if (is !== digest) throw new Error(`a layer hashes to ${is}, but its manifest says ${digest}`);
  return { ...layer, ...found };
};

const splitName = (name: string): readonly [string, string] => {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
};
