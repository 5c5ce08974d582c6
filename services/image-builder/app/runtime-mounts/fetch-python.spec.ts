import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import type { PythonBuild } from '@slipway/image-builder-core';
import { fetchPython } from './fetch-python.js';

const build: PythonBuild = { release: '20261021', version: '3.11.17', threads: 'one-at-a-time', libc: 'gnu' };
const named = (suffix: string): string => `cpython-3.11.17+20261021-x86_64-unknown-linux-gnu-${suffix}`;

describe('a Python for add_python', () => {
  let scratch: string;
  let server: Server;
  let served: Map<string, Buffer>;

  /** Packs a tree whose program lies under `root`, as a release does. */
  const pack = (root: string): Buffer => {
    const tree = mkdtempSync(join(scratch, 'tree-'));
    const bin = join(tree, root, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'python3.11'), 'a program', { mode: 0o755 });
    symlinkSync('python3.11', join(bin, 'python3'));
    writeFileSync(join(tree, 'python/PYTHON.json'), '{}');
    return execFileSync('tar', ['-c', '-C', tree, 'python']);
  };
  const release = (name: string, archive: Buffer, digestOf = archive): void => {
    served = new Map([
      [`/20261021/${name}`, archive],
      [
        '/20261021/SHA256SUMS',
        Buffer.from(`${createHash('sha256').update(digestOf).digest('hex')}  ${name}\n`),
      ],
    ]);
  };
  const fetched = (wanted: PythonBuild = build): Promise<string> =>
    fetchPython(wanted, {
      pythonBuildsUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      arch: 'x86_64',
      folder: mkdtempSync(join(scratch, 'fetched-')),
    });

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'slipway-python-'));
    server = createServer((request, answer) => {
      const found = served.get(decodeURIComponent(request.url ?? ''));
      answer.writeHead(found ? 200 : 404).end(found);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('is unpacked as the tree that goes under a prefix', async () => {
    const tar = pack('python');
    release(named('install_only.tar.gz'), execFileSync('gzip', ['-c'], { input: tar }));
    expect(readFileSync(join(await fetched(), 'bin/python3'), 'utf8')).toBe('a program');
  });

  test('comes out of a full archive without what was only needed to build it', async () => {
    release(named('freethreaded+pgo+lto-full.tar.zst'), zstdCompressSync(pack('python/install')));
    const folder = await fetched({ ...build, threads: 'free' });
    expect(readFileSync(join(folder, 'bin/python3'), 'utf8')).toBe('a program');
    expect(() => readFileSync(join(folder, 'PYTHON.json'))).toThrow('ENOENT');
  });

  test('whose bytes are not those of its release is never unpacked', async () => {
    release(named('install_only.tar.gz'), Buffer.from('others'), Buffer.from('these'));
    await expect(fetched()).rejects.toThrow('digest');
  });

  test('that its release does not have is answered with what else would do', async () => {
    release('something-else.tar.gz', Buffer.from(''));
    await expect(fetched()).rejects.toThrow(/has no Python 3.11.17 for x86_64.*IMAGE_BUILDER_PYTHON_BUILDS/);
    served = new Map();
    await expect(fetched()).rejects.toThrow(/SHA256SUMS is out of reach \(it answered 404\)/);
  });

  test('of a site that cannot be reached is answered with how to name another', async () => {
    const asked = fetchPython(build, {
      pythonBuildsUrl: 'http://127.0.0.1:9',
      arch: 'x86_64',
      folder: scratch,
    });
    await expect(asked).rejects.toThrow(/is out of reach.*IMAGE_BUILDER_PYTHON_BUILDS/);
  });
});
