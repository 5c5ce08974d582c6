import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveInRoot } from './resolve-in-root.js';

describe('paths inside a root file system', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'root-'));
    await mkdir(join(root, 'usr/bin'), { recursive: true });
    await writeFile(join(root, 'usr/bin/python3.11'), '');
    await symlink('python3.11', join(root, 'usr/bin/python3'));
    await symlink('usr/bin', join(root, 'bin'));
    await symlink('/etc', join(root, 'absolute'));
    await symlink('../../../../etc', join(root, 'climbing'));
    await symlink('loop', join(root, 'loop'));
  });
  afterEach(() => rm(root, { recursive: true }));

  test.each([
    ['/bin/python3', 'usr/bin/python3.11'],
    ['/absolute/passwd', 'etc/passwd'],
    ['/climbing/shadow', 'etc/shadow'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/new/folder', 'new/folder'],
  ])('%s is %s of the root', async (path, place) => {
    expect(await resolveInRoot(root, path)).toBe(join(root, place));
  });

  test('links that lead to themselves are an error', async () => {
    await expect(resolveInRoot(root, '/loop')).rejects.toThrow('more than 64');
  });
});
