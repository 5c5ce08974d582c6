import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareContainer } from '../isolated-container/isolated-container.js';
import type { WorkerHost } from '../worker-host.js';
import { bytecodeName } from './bytecode-store.js';
import { compilerOf } from './compiler-of.js';

const PATH = '/usr/local/bin:/usr/bin:/bin';
let layers: string;

beforeEach(async () => {
  layers = await mkdtemp(join(tmpdir(), 'layers-'));
  const lay = async (digest: string, files: readonly string[]): Promise<void> => {
    for (const file of files) {
      await mkdir(join(layers, digest, file, '..'), { recursive: true });
      await writeFile(join(layers, digest, file), '');
    }
  };
  await lay('debian', ['etc/os-release']);
  await lay('python', ['usr/bin/python3']);
  await lay('packages', ['usr/lib/python3/x.py']);
  await lay('own', ['usr/local/bin/python3', 'opt/bin/python']);
  await mkdir(join(layers, 'linked/usr/local/bin'), { recursive: true });
  await symlink('/nowhere', join(layers, 'linked/usr/local/bin/python3'));
});
afterEach(() => rm(layers, { recursive: true }));

test('the lowest layers with a Python compile: what a user lays above them has no hand in it', () => {
  const compiler = { layers: ['debian', 'python'], path: PATH };
  expect(compilerOf(layers, ['debian', 'python', 'packages'], PATH)).toEqual(compiler);
  expect(compilerOf(layers, ['debian', 'python', 'own'], PATH)).toEqual(compiler);
  expect(compilerOf(layers, ['debian', 'python'])).toEqual(compiler);
});

test('an image that brings its own Python, or another PATH, is a compiler of its own', () => {
  const plain = compilerOf(layers, ['debian', 'python'], PATH)!;
  const own = compilerOf(layers, ['debian', 'own', 'python'], PATH)!;
  const linked = compilerOf(layers, ['debian', 'linked', 'python'], PATH)!;
  const elsewhere = compilerOf(layers, ['debian', 'python', 'own'], `/opt/bin:${PATH}`)!;
  const climbing = compilerOf(layers, ['debian', 'python', 'own'], `/../own/opt/bin:${PATH}`)!;
  expect(own.layers).toEqual(['debian', 'own']);
  expect(linked.layers).toEqual(['debian', 'linked']);
  const names = [plain, own, linked, elsewhere, climbing].map((of) => bytecodeName('sha', of));
  expect(new Set(names).size).toBe(5);
  expect(compilerOf(layers, ['debian', 'packages'], PATH)).toBeUndefined();
});

test('entries of PATH that are no folders are passed by', () => {
  const path = `/usr/bin/python3:/etc/os-release/bin:${PATH}`;
  expect(compilerOf(layers, ['debian', 'python'], path)).toEqual({ layers: ['debian', 'python'], path });
});

test('a container whose name leads out of its folder is never made', async () => {
  const host = { folders: { containers: layers } } as unknown as WorkerHost;
  for (const id of ['bytecode-a-3.11/../../../etc', '..', '', 'a b', './a'])
    await expect(prepareContainer(host, id, { diskMiB: 1, reach: 'blocked' })).rejects.toThrow(
      'is no name of a container',
    );
});
