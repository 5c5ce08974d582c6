import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { zstdDecompressSync } from 'node:zlib';
import { captureLayer } from './capture-layer.js';

describe('the layer that a container leaves', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'capture-layer-'));
    await mkdir(join(folder, 'upper'));
    await writeFile(join(folder, 'upper', 'file'), 'content');
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is packed again when the store breaks off', async () => {
    const stored: Buffer[] = [];
    let tries = 0;
    const put = async (body: Readable) => {
      tries += 1;
      if (tries === 1) throw new Error('connect ECONNREFUSED');
      stored.push(await buffer(body));
      return { digest: 'd', sizeBytes: 1 };
    };
    expect(await captureLayer(folder, { put })).toEqual({ digest: 'd', sizeBytes: 1 });
    expect(zstdDecompressSync(stored[0]!).includes('content')).toBe(true);
  });
});
