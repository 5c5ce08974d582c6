import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from './find-python.js';

test('a Python that is a link without an end is none', async () => {
  const root = await mkdtemp(join(tmpdir(), 'python-'));
  try {
    await mkdir(join(root, 'bin'));
    await symlink('python3', join(root, 'bin/python3'));
    expect(await findPython(root, '/bin')).toBeUndefined();
    await writeFile(join(root, 'bin/python'), '');
    expect(await findPython(root, '/sbin:/bin')).toBe('/bin/python');
  } finally {
    await rm(root, { recursive: true });
  }
});
