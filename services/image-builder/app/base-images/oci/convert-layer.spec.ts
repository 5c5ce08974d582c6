import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdDecompressSync } from 'node:zlib';
import type { Digest } from '@slipway/contracts';
import type { ObjectClient } from '@slipway/nest-kit';
import { extract, pack, type Header } from 'tar-stream';
import { convertLayer } from './convert-layer.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const layerOf = async (fill: (tar: ReturnType<typeof pack>) => void): Promise<Buffer> => {
  const tar = pack();
  fill(tar);
  tar.finalize();
  return gzipSync(await buffer(Readable.from(tar, { objectMode: false })));
};

/** Keeps what is stored, so that the spec can look at it. */
const kept: Buffer[] = [];
const objects = {
  put: async (body: Readable) => {
    const bytes = await buffer(body);
    kept.push(bytes);
    return { digest: sha256(bytes) as Digest, sizeBytes: bytes.length };
  },
} as unknown as ObjectClient;

const convert = async (gz: Buffer, digest = `sha256:${sha256(gz)}`) =>
  convertLayer(Readable.from([gz]), {
    digest,
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    objects,
  });

const entriesOf = async (tar: Buffer): Promise<{ header: Header; content: string }[]> => {
  const entries: { header: Header; content: string }[] = [];
  const source = extract();
  Readable.from([tar]).pipe(source);
  for await (const entry of source)
    entries.push({
      header: entry.header,
      content: (await buffer(Readable.from(entry, { objectMode: false }))).toString(),
    });
  return entries;
};

describe('turning an OCI layer into ours', () => {
  test('files stay, whiteouts become devices, opaque folders get their mark', async () => {
    const gz = await layerOf((tar) => {
      tar.entry({ name: './etc/', type: 'directory', mode: 0o700, uid: 7 });
      tar.entry({ name: './etc/x', mode: 0o600 }, 'hello');
      tar.entry({ name: './etc/.wh.gone' }, '');
      tar.entry({ name: './etc/.wh..wh..opq' }, '');
      tar.entry({ name: './etc/link', type: 'symlink', linkname: 'x' });
    });
    await convert(gz);
    const entries = await entriesOf(zstdDecompressSync(kept.at(-1) ?? Buffer.alloc(0)));
    expect(entries.map(({ header, content }) => [header.name, header.type, content])).toEqual([
      ['etc/', 'directory', ''],
      ['etc/x', 'file', 'hello'],
      ['etc/gone', 'character-device', ''],
      ['etc/', 'directory', ''],
      ['etc/link', 'symlink', ''],
    ]);
    const marked = entries[3]?.header as Header & { pax?: Record<string, string> };
    expect([marked.mode, marked.uid, marked.pax?.['SCHILY.xattr.trusted.overlay.opaque']]).toEqual([
      0o700,
      7,
      'y',
    ]);
  });

  test('the Python and the C library are found on the way', async () => {
    const gz = await layerOf((tar) => {
      tar.entry({ name: 'usr/local/bin/python3.12' }, 'elf');
      tar.entry({ name: 'lib/ld-musl-x86_64.so.1' }, 'elf');
    });
    expect(await convert(gz)).toMatchObject({ python: '3.12', musl: true });
  });

  test('a layer that is not what its manifest says is refused', async () => {
    const gz = await layerOf((tar) => tar.entry({ name: 'a' }, 'b'));
    await expect(convert(gz, `sha256:${'0'.repeat(64)}`)).rejects.toThrow('its manifest says');
  });
});
