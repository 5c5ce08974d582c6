import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expandSource } from './expand-source.js';

describe('what a COPY source names', () => {
  let tree: string;
  beforeEach(async () => {
    tree = await mkdtemp(join(tmpdir(), 'tree-'));
    await mkdir(join(tree, 'a/deep'), { recursive: true });
    for (const file of ['a/1.txt', 'a/2.txt', 'a/3.md', 'a/deep/4.txt'])
      await writeFile(join(tree, file), '');
    await symlink('/etc/passwd', join(tree, 'outside'));
  });
  afterEach(() => rm(tree, { recursive: true }));

  test.each([
    ['a/*.txt', ['a/1.txt', 'a/2.txt']],
    ['/a/3.md', ['a/3.md']],
    ['*/deep', ['a/deep']],
    ['./a', ['a']],
    ['.', ['']],
    ['missing', []],
    ['a/*.py', []],
    ['../../etc/hostname', []],
    ['outside', []],
  ])('%s names %j', async (source, places) => {
    expect(await expandSource(tree, source)).toEqual(places.map((place) => join(tree, place)));
  });
});
