import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { driverFolders, findDriverLibraries, libraryAt } from './find-driver-libraries.js';

const VERSION = '580.159.04';
let root: string;

/** Files, and links as `name -> target`, in a folder of a host. */
const lay = (folder: string, entries: readonly string[]): string => {
  const at = join(root, folder);
  mkdirSync(at, { recursive: true });
  for (const entry of entries) {
    const [name = '', target] = entry.split(' -> ');
    if (target === undefined) writeFileSync(join(at, name), '');
    else symlinkSync(target, join(at, name));
  }
  return at;
};

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-driver-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the driver's libraries on a host", () => {
  test('stand among those of the distribution, with the links that its loader made', () => {
    const folder = lay('usr/lib/x86_64-linux-gnu', [
      `libcuda.so.${VERSION}`,
      `libcuda.so.1 -> libcuda.so.${VERSION}`,
      'libcuda.so -> libcuda.so.1',
      `libnvidia-nvvm.so.${VERSION}`,
      `libnvidia-nvvm.so.4 -> libnvidia-nvvm.so.${VERSION}`,
      `libGLX_nvidia.so.${VERSION}`,
      'libcuda.so.535.129.03',
      'libc.so.6',
    ]);
    expect(findDriverLibraries([folder], VERSION)).toEqual([
      { path: join(folder, `libcuda.so.${VERSION}`), links: ['libcuda.so', 'libcuda.so.1'] },
      { path: join(folder, `libnvidia-nvvm.so.${VERSION}`), links: ['libnvidia-nvvm.so.4'] },
    ]);
  });

  test('stand in a folder of their own, and the first of two counts', () => {
    const own = lay('usr/local/nvidia/lib64', [`libcuda.so.${VERSION}`]);
    const other = lay('usr/lib64', [`libcuda.so.${VERSION}`, `libnvidia-ml.so.${VERSION}`]);
    expect(findDriverLibraries([own, other], VERSION).map(({ path }) => path)).toEqual([
      join(own, `libcuda.so.${VERSION}`),
      join(other, `libnvidia-ml.so.${VERSION}`),
    ]);
  });

  test('are looked for where the driver is said to be, by the place that links lead to', async () => {
    const real = lay('drivers/580/lib64', []);
    lay('named', ['lib64 -> ../drivers/580/lib64']);
    const folders = await driverFolders([join(root, 'named/lib64'), join(root, 'absent')]);
    expect(folders).toContain(real);
    expect(folders.filter((folder) => folder.startsWith(root))).toEqual([real]);
  });

  test('are taken as a description names them, if they are there', () => {
    const folder = lay('lib', [`libcuda.so.${VERSION}`, `libcuda.so.1 -> libcuda.so.${VERSION}`]);
    expect(libraryAt(join(folder, `libcuda.so.${VERSION}`))?.links).toEqual(['libcuda.so.1']);
    expect(libraryAt(join(folder, 'libcuda.so.1.1'))).toBeUndefined();
  });
});
